import { statement } from '#platform/database/statement.ts';

/** What happened to money in one currency, in minor units. Sold is with tax; what was taken back counts where it was taken back, not where it was sold. */
export interface Measures {
  currency: string;
  orders: number;
  sold: number;
  /** By refunds and by payments that were called back. */
  refunded: number;
  /** Less what was refunded of it, as all that follow. */
  tax: number;
  /** Instructors’ and affiliates’ parts. */
  shared: number;
  kept: number;
}

/** By what a report is divided. */
export type Division = 'time' | 'products' | 'instructors' | 'channels' | 'taxes';

export interface ReportLine extends Measures {
  label: string;
  detail: string;
}

const isBack = `(l.posting like 'refund:%' or l.posting like 'dispute:%')`;
const measures = `
  count(distinct l.order_id) filter (where l.posting like 'sale:%')::int as orders,
  coalesce(sum(l.amount) filter (where l.account = 'CASH' and l.posting like 'sale:%'), 0) as sold,
  coalesce(-sum(l.amount) filter (where l.account = 'CASH' and ${isBack}), 0) as refunded,
  coalesce(-sum(l.amount) filter (where l.account = 'TAX'), 0) as tax,
  coalesce(-sum(l.amount) filter (where l.account in ('INSTRUCTOR', 'AFFILIATE')), 0) as shared,
  coalesce(-sum(l.amount) filter (where l.account in ('PLATFORM', 'FEES')), 0) as kept`;

const inRange = `l.order_id is not null and l.created_at >= $1::timestamptz and l.created_at < $2::timestamptz`;

/** One row for each currency in which something was sold or given back. */
export const totalsIn = statement<Measures, [start: string, end: string]>(
  `select l.currency, ${measures} from ledger_entries l where ${inRange} group by l.currency order by l.currency`,
);

interface Grouping {
  label: string;
  detail?: string;
  joins?: string;
  where?: string;
  order?: string;
}

const groupings: Record<Division, Grouping> = {
  // By day as long as that can be read, else by month.
  time: {
    label: `to_char(l.created_at at time zone 'UTC', case when $2::timestamptz - $1::timestamptz > interval '62 days' then 'YYYY-MM' else 'YYYY-MM-DD' end)`,
    order: '1 desc',
  },
  products: {
    label: 'p.name',
    detail: 'p.type::text',
    joins: 'join order_items i on i.id = l.order_item_id join products p on p.id = i.product_id',
  },
  instructors: {
    label: 'u.name',
    detail: `coalesce(u.username, u.id::text)`,
    joins: 'join people u on u.id = l.user_id',
    where: `l.account = 'INSTRUCTOR'`,
  },
  channels: { label: 'l.channel::text', where: 'l.channel is not null' },
  // A line of an order has a tax of its own, where its kind of product has.
  taxes: {
    label: `coalesce(o.tax_snapshot->>'country', o.billing_country, '')`,
    detail: `concat_ws(' · ', nullif(o.tax_snapshot->>'region', ''), nullif(line.tax->>'name', ''),
      trim_scale(coalesce((line.tax->>'rateBasisPoints')::numeric, 0) / 100) || ' %',
      case when o.tax_snapshot->>'reverseCharge' = 'true' then 'reverse charge' end)`,
    joins: `join orders o on o.id = l.order_id cross join lateral (
      select coalesce(o.tax_snapshot->'lines'->(select count(*)::int from order_items x where x.order_id = o.id and x.id < l.order_item_id), o.tax_snapshot) as tax) line`,
  },
};

/** The lines of a report; null as the limit is all of them. */
export const linesBy = Object.fromEntries(
  Object.entries(groupings).map(([division, { label, detail = `''`, joins = '', where = 'true', order = '"shown" desc, 1, 2' }]) => [
    division,
    statement<ReportLine, [start: string, end: string, limit: number | null]>(
      `select label, detail, currency, orders, sold, refunded, tax, shared, kept from (
         select ${label} as label, ${detail} as detail, l.currency, ${measures}, sum(abs(l.amount)) as shown
           from ledger_entries l ${joins} where ${inRange} and ${where} group by 1, 2, 3) lines
        order by ${order}, currency limit $3`,
    ),
  ]),
) as unknown as Record<Division, ReturnType<typeof statement<ReportLine, [start: string, end: string, limit: number | null]>>>;
