import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { formatMoney } from '#platform/money.ts';
import { momentInWords } from '#platform/time.ts';
import { isSettled } from '../orders/order-status.ts';
import { type OwnOrder, ownOrder } from '../orders/own-order.ts';
import { providerNamed } from '../providers/providers.ts';
import { type ShopSettings, shopSettingsOfSchool } from '../settings/shop-settings.ts';
import { lookAtOrder } from './look-at-order.ts';
import { otherWaysOf } from './pay-another-way.ts';

/** What has become of an order, for the page to which its buyer comes back. */
export interface OutcomePage {
  number: string;
  /** `late`: its money came when it was over, and goes back. */
  state: 'waiting' | 'settled' | 'returned' | 'expired' | 'cancelled' | 'late';
  total: string;
  /** A trial takes nothing today. */
  takesNothing: boolean;
  titles: string[];
  /** Of an order that waits. */
  waiting: {
    payAt: string;
    until: string | null;
    /** Why the last try failed. */
    failure: string | null;
    /** Where the money is sent, and what to write on it; null where a provider takes it. */
    transfer: { details: string; reference: string } | null;
    /** How else it can be paid. */
    otherWays: { name: string; title: string }[];
  } | null;
  /** What can be opened now. */
  courses: { slug: string; title: string }[];
}

const openedBy = statement<{ slug: string; title: string }, [orderId: string, person: string]>(
  `select distinct c.slug, c.title from access_grants g
     left join order_items i on i.id = g.order_item_id left join orders o on o.id = $1::uuid
     join courses c on c.id = g.course_id
    where g.user_id = $2::uuid and g.revoked_at is null and (i.order_id = o.id or g.subscription_id = o.subscription_id) order by c.title limit 12`,
);

const endedBy = statement<{ ending: string | null; isPaid: boolean }, [orderId: string]>(
  `select metadata ->> 'ending' as ending, payment_status = 'PAID' as "isPaid" from orders where id = $1::uuid`,
);

/** What has become of the acting person's order. One that waits is looked up at its provider first, and settled when it was paid. */
export async function outcomePage(ctx: Context, input: { number: string }): Promise<OutcomePage> {
  const person = requirePerson(ctx);
  let order = await ownOrder(ctx, input.number);
  if (await lookAtOrder(ctx, order)) order = await ownOrder(ctx, input.number);
  const [courses, [end], [settings]] = await asActor(ctx, (sql) =>
    Promise.all([sql(openedBy, order.id, person.id), sql(endedBy, order.id), sql(shopSettingsOfSchool)]),
  );
  const state = stateOf(order, end);
  return {
    number: order.number,
    state,
    total: formatMoney({ minor: order.total, currency: order.currency }, person.locale),
    takesNothing: order.total === 0,
    titles: order.titles,
    waiting: state === 'waiting' && settings ? waitingOf(order, settings, person.timeZone) : null,
    courses: state === 'settled' ? courses : [],
  };
}

function stateOf({ status }: OwnOrder, end: { ending: string | null; isPaid: boolean } | undefined): OutcomePage['state'] {
  if (status === 'REFUNDED') return 'returned';
  if (isSettled(status)) return 'settled';
  if (status === 'PENDING' || status === 'PROCESSING') return 'waiting';
  if (end?.isPaid) return 'late';
  return end?.ending === 'cancelled' ? 'cancelled' : 'expired';
}

function waitingOf(order: OwnOrder, settings: ShopSettings, timeZone: string): OutcomePage['waiting'] {
  const { number, status, isLate, payment, expiresAt } = order;
  const isTransfer = payment?.provider === 'bank';
  return {
    payAt: payment ? providerNamed(payment.provider).title : '',
    until: expiresAt && momentInWords(expiresAt, timeZone),
    failure: payment?.status === 'FAILED' ? payment.failureReason : null,
    transfer: isTransfer ? { details: settings.bankDetails, reference: number } : null,
    otherWays: status === 'PENDING' && !isLate ? otherWaysOf(settings, order).map(({ name, title }) => ({ name, title })) : [],
  };
}
