import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { formatMoney } from '#platform/money.ts';
import { asBookkeeper } from '../books/bookkeeper.ts';
import { mayKeepBooks } from '../books/policy.ts';
import { alarmInWords } from './alarm-words.ts';

/** Something about money that a person of the school has to look at. */
export interface AlarmLine {
  id: string;
  title: string;
  orderNumber: string | null;
  raisedAt: Date;
  resolvedAt: Date | null;
}

/** A part of the alarms, newest first. */
export interface AlarmsPage {
  alarms: AlarmLine[];
  older: string | null;
}

/** One alarm with all it says. */
export interface AlarmPage extends AlarmLine {
  advice: string;
  /** What is known of it, by name. */
  details: [name: string, value: string][];
  resolvedBy: string | null;
  note: string;
}

interface Row {
  id: string;
  kind: string;
  orderNumber: string | null;
  raisedAt: Date;
  resolvedAt: Date | null;
}

const atOnce = 50;
const columns = `a.id, a.kind, o.order_number as "orderNumber", a.raised_at as "raisedAt", a.resolved_at as "resolvedAt" from shop_alarms a left join orders o on o.id = a.order_id`;
const list = (isOpen: boolean, by: string) =>
  statement<Row, [beforeAt: string | null, beforeId: string | null]>(
    `select ${columns} where a.resolved_at is ${isOpen ? '' : 'not'} null and ($1::timestamptz is null or (${by}, a.id) < ($1::timestamptz, $2::uuid))
      order by ${by} desc, a.id desc limit ${atOnce + 1}`,
  );
const openOnes = list(true, 'a.raised_at');
const resolvedOnes = list(false, 'a.resolved_at');

/** The alarms that are open, or those that were resolved. One query. */
export async function alarmsPage(
  ctx: Context,
  { show, before }: { show: 'open' | 'resolved'; before?: string | null },
): Promise<AlarmsPage> {
  const school = asBookkeeper(ctx);
  const [at = '', id = ''] = before?.split(' ') ?? [];
  const place: [string | null, string | null] = isId(id) && !Number.isNaN(Date.parse(at)) ? [new Date(at).toISOString(), id] : [null, null];
  const rows = await asActor(school, (sql) => sql(show === 'open' ? openOnes : resolvedOnes, ...place));
  const shown = rows.slice(0, atOnce);
  const last = shown.at(-1);
  const lastAt = show === 'open' ? last?.raisedAt : last?.resolvedAt;
  return { alarms: shown.map(lineOf), older: rows.length > atOnce && last && lastAt ? `${lastAt.toISOString()} ${last.id}` : null };
}

const oneOf = statement<Row & { details: Record<string, unknown>; note: string; resolvedBy: string | null }, [id: string]>(
  `select a.details, a.note, (select name from people where people.id = a.resolved_by_id) as "resolvedBy", ${columns} where a.id = $1::uuid`,
);

/** One alarm, for whoever keeps the books. One query. */
export async function alarmPage(ctx: Context, { id }: { id: string }): Promise<AlarmPage> {
  const school = asBookkeeper(ctx);
  const [row] = isId(id) ? await asActor(school, (sql) => sql(oneOf, id)) : [];
  if (!row) throw new AppError('not-found', 'There is no such alarm.');
  const { details, note, resolvedBy } = row;
  return {
    ...lineOf(row),
    advice: alarmInWords(row.kind).advice,
    details: detailsInWords(details, requirePerson(ctx).locale),
    note,
    resolvedBy,
  };
}

const open = statement<{ count: number }>(
  'select count(*)::int as count from (select from shop_alarms where resolved_at is null limit 100) open',
);

/** How many alarms are open, at most 100; null for who does not look at them, at no cost. */
export async function openAlarms(ctx: Context): Promise<number | null> {
  if (!mayKeepBooks(ctx.actor)) return null;
  const [row] = await asActor(asBookkeeper(ctx), (sql) => sql(open));
  return row?.count ?? 0;
}

function lineOf({ kind, ...row }: Row): AlarmLine {
  const { id, orderNumber, raisedAt, resolvedAt } = row;
  return { id, orderNumber, raisedAt, resolvedAt, title: alarmInWords(kind).title };
}

/** Whole numbers beside a currency are amounts in it. */
function detailsInWords(details: Record<string, unknown>, locale: string): AlarmPage['details'] {
  const { currency } = details;
  const isAmount = (value: unknown): value is number => typeof currency === 'string' && Number.isInteger(value);
  const saysCurrency = Object.values(details).some(isAmount);
  return Object.entries(details)
    .filter(([name]) => !(name === 'currency' && saysCurrency))
    .map(([name, value]) => {
      if (isAmount(value)) return [inWords(name), formatMoney({ minor: value, currency: String(currency) }, locale)];
      return [inWords(name), typeof value === 'string' ? value : JSON.stringify(value)];
    });
}

/** `providerPaymentId` as “Provider payment id”. */
function inWords(name: string): string {
  const spaced = name
    .replace(/([A-Z])/g, ' $1')
    .replaceAll('-', ' ')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
