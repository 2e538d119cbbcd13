import { expect, test } from 'vitest';
import { courseStanding } from '#features/learning/index.server.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder, type MadeProduct } from '../../../../tests/support/shop.ts';
import { pricedLines } from '../products/priced-lines.ts';
import type { ProviderEvent, ProviderSubscription } from '../providers/provider.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { beginMembership } from './begin-membership.ts';
import { cancelMembership, resumeMembership } from './change-renewal.ts';
import { followMemberships } from './follow-memberships.ts';
import { followSubscription } from './follow-subscription.ts';
import { leaveMemberships } from './leave-memberships.ts';
import { followMembersCourses } from './members-courses.ts';
import { membershipPage } from './membership-page.ts';
import { addDays, addMonths } from './period.ts';
import { withdrawMembership } from './withdraw-membership.ts';

const database = testDatabase({ poolSize: 8 });
const school = testProcess(database);

type Someone = Awaited<ReturnType<typeof aPerson>>;
const begun = new Date('2026-01-31T09:00:00Z');
const asSchool = (at: Date) => database.context(system, at);
const month = (count: number) => addMonths(begun, count);

/** A membership that was paid on the 31st of January, at a provider that renews it. */
async function aMember(wish: { product?: MadeProduct; member?: Someone; trialDays?: number; provider?: string } = {}) {
  const product = wish.product ?? (await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1900 } }));
  const member = wish.member ?? (await aPerson(database));
  const order = await aSettledOrder(database, { buyer: member, items: [product], settledAt: begun });
  const subscriptionId = `sub_${order.id}`;
  const trialEndsAt = wish.trialDays ? addDays(begun, wish.trialDays) : null;
  const subscription: ProviderSubscription = {
    subscriptionId,
    status: trialEndsAt ? 'TRIALING' : 'ACTIVE',
    periodStart: begun,
    periodEnd: trialEndsAt ?? month(1),
    trialEndsAt,
    cancelAtPeriodEnd: false,
  };
  const begin = { orderId: order.id, providerName: wish.provider ?? 'demo', subscription };
  for (let time = 0; time < 2; time += 1) await inTransaction(asSchool(begun), (ctx) => beginMembership(ctx, begin));
  return { product, member, order, subscriptionId, course: product.courses[0]! };
}

const renewed = (subscriptionId: string, count: number, paid = 1900): Extract<ProviderEvent, { kind: 'renewed' }> => ({
  kind: 'renewed',
  eventId: `evt_${subscriptionId}_${count}`,
  type: 'renewed',
  happenedAt: month(count),
  subscriptionId,
  paymentId: `pay_${subscriptionId}_${count}`,
  paid: { minor: paid, currency: 'USD' },
  subscription: {
    subscriptionId,
    status: 'ACTIVE',
    periodStart: month(count),
    periodEnd: month(count + 1),
    trialEndsAt: null,
    cancelAtPeriodEnd: false,
  },
});
const failed = (subscriptionId: string, count: number): ProviderEvent => ({
  kind: 'renewal-failed',
  eventId: `fail_${subscriptionId}_${count}`,
  type: 'failed',
  happenedAt: month(count),
  subscriptionId,
  reason: 'The card was declined.',
});
const follow = (event: ProviderEvent, at: Date) =>
  inTransaction(asSchool(at), (ctx) => followSubscription(ctx, { provider: 'demo', event: event as ReturnType<typeof renewed> }));

const stepOf = async (who: Someone, slug: string, at: Date) => (await courseStanding(database.context(who, at), { slug })).step;
const stateOf = async (subscriptionId: string) =>
  (await database.owner.query('select status from subscriptions where provider_subscription_id = $1', [subscriptionId])).rows[0]?.status;
const mine = async (who: Someone, at: Date) => (await membershipPage(database.context(who, at))).memberships[0]!;
const subjectsTo = async (who: Someone) => (await school.mailsTo(who.email)).map(({ subject }) => subject);

test('a membership opens its courses until its paid time and the days of grace are over, and is begun once', async () => {
  const { member, course, subscriptionId } = await aMember();
  expect(await stepOf(member, course.slug, addDays(begun, 1))).toBe('start');
  expect(await stepOf(member, course.slug, addDays(month(1), 6))).toBe('start');
  expect(await stepOf(member, course.slug, addDays(month(1), 7))).toBe('purchase');
  await followMemberships(asSchool(addDays(month(1), 6)));
  const { rows } = await database.owner.query('select count(*)::int from subscriptions where provider_subscription_id = $1', [
    subscriptionId,
  ]);
  expect(rows).toEqual([{ count: 1 }]);
});

test('each renewal is an order of its own with payment, invoice and ledger, once however often and by however many it is told', async () => {
  const { subscriptionId, order } = await aMember({ provider: 'card' });
  const at = month(1);
  const tell = () => inTransaction(asSchool(at), (ctx) => followSubscription(ctx, { provider: 'card', event: renewed(subscriptionId, 1) }));
  const outcomes = await Promise.all(Array.from({ length: 6 }, tell));
  expect(outcomes.map(({ applied }) => applied).sort()).toEqual(['already', 'already', 'already', 'already', 'already', 'applied']);
  const { rows } = await database.owner.query(
    `select o.total, o.status, (select count(*)::int from payments p where p.order_id = o.id) as payments,
            (select count(*)::int from invoices n where n.order_id = o.id) as invoices,
            (select sum(amount)::int from ledger_entries l where l.order_id = o.id) as balance,
            (select count(*)::int from ledger_entries l where l.order_id = o.id) > 0 as posted
       from orders o where o.subscription_id = (select id from subscriptions where provider_subscription_id = $1) and o.id <> $2`,
    [subscriptionId, order.id],
  );
  expect(rows).toEqual([{ total: 1900, status: 'COMPLETED', payments: 1, invoices: 1, balance: 0, posted: true }]);
  const { rows: ends } = await database.owner.query(
    'select current_period_end as "end" from subscriptions where provider_subscription_id = $1',
    [subscriptionId],
  );
  expect(ends).toEqual([{ end: month(2) }]);
});

test('a renewal of another amount is refused, opens nothing, and the school is told', async () => {
  const { subscriptionId, member, course } = await aMember();
  expect(await follow(renewed(subscriptionId, 1, 100), month(1))).toMatchObject({ applied: 'refused' });
  expect(await stepOf(member, course.slug, addDays(month(1), 8))).toBe('purchase');
  const { rows } = await database.owner.query("select kind from shop_alarms where key = 'renewal-differs:demo:' || $1", [
    `pay_${subscriptionId}_1`,
  ]);
  expect(rows).toEqual([{ kind: 'renewal-differs' }]);
});

test('a renewal that comes before the order that begins its membership waits', async () => {
  expect(await follow(renewed('sub_of_nobody', 1), month(1))).toMatchObject({ applied: 'waits' });
});

test('a failed payment is told, leaves the courses open for the days of grace, and ends them then; a payment after all opens them again', async () => {
  const { subscriptionId, member, course } = await aMember({ provider: 'demo' });
  await follow(failed(subscriptionId, 1), month(1));
  await follow(failed(subscriptionId, 1), addDays(month(1), 2));
  expect([await stateOf(subscriptionId), await stepOf(member, course.slug, addDays(month(1), 3))]).toEqual(['PAST_DUE', 'start']);
  expect(await mine(member, addDays(month(1), 3))).toMatchObject({ state: 'past-due', day: 'March 7, 2026' });
  await followMemberships(asSchool(addDays(month(1), 7)));
  expect([await stateOf(subscriptionId), await stepOf(member, course.slug, addDays(month(1), 7))]).toEqual(['EXPIRED', 'purchase']);
  await follow(renewed(subscriptionId, 1), addDays(month(1), 9));
  expect([await stateOf(subscriptionId), await stepOf(member, course.slug, addDays(month(1), 9))]).toEqual(['ACTIVE', 'start']);
  await school.runJobs();
  expect((await subjectsTo(member)).filter((subject) => subject.startsWith('The payment'))).toHaveLength(1);
});

test('who cancels keeps the courses to the end of the paid time, hears of the end, and may resume it before', async () => {
  const { subscriptionId, member, course } = await aMember();
  const at = (day: number) => database.context(member, addDays(begun, day));
  const { id } = await mine(member, begun);
  await cancelMembership(at(1), { membershipId: id });
  await cancelMembership(at(2), { membershipId: id });
  expect(await mine(member, addDays(begun, 2))).toMatchObject({ state: 'ending', mayResume: true, day: 'February 28, 2026' });
  await resumeMembership(at(3), { membershipId: id });
  expect(await mine(member, addDays(begun, 3))).toMatchObject({ state: 'active', mayResume: false });
  await cancelMembership(at(4), { membershipId: id });
  for (const day of [22, 23]) await followMemberships(asSchool(addDays(begun, day)));
  expect(await stepOf(member, course.slug, addDays(begun, 27))).toBe('start');
  await followMemberships(asSchool(month(1)));
  expect([await stateOf(subscriptionId), await stepOf(member, course.slug, month(1))]).toEqual(['CANCELLED', 'purchase']);
  await expect(resumeMembership(at(40), { membershipId: id })).rejects.toMatchObject({ code: 'not-found' });
  await school.runJobs();
  expect((await subjectsTo(member)).filter((subject) => subject.includes('ends on'))).toHaveLength(1);
});

test('somebody else’s membership is nobody’s to cancel', async () => {
  const { member } = await aMember();
  const { id } = await mine(member, begun);
  const other = await aPerson(database);
  await expect(cancelMembership(database.context(other, begun), { membershipId: id })).rejects.toMatchObject({ code: 'not-found' });
});

test('the demo provider renews by itself, on the last day of each month, also after the school was off for a while', async () => {
  const { subscriptionId, member } = await aMember({ trialDays: 14 });
  await followMemberships(asSchool(addDays(begun, 11)));
  expect(await stateOf(subscriptionId)).toBe('TRIALING');
  const trialEnd = addDays(begun, 14);
  await followMemberships(asSchool(addMonths(trialEnd, 2)));
  await followMemberships(asSchool(addMonths(trialEnd, 2)));
  const { rows } = await database.owner.query(
    `select s.status, s.current_period_end as "end", (select count(*)::int from orders o where o.subscription_id = s.id) as orders
       from subscriptions s where provider_subscription_id = $1`,
    [subscriptionId],
  );
  expect(rows).toEqual([{ status: 'ACTIVE', end: addMonths(trialEnd, 3), orders: 4 }]);
  await school.runJobs();
  expect((await subjectsTo(member)).filter((subject) => subject.includes('goes on from February 14'))).toHaveLength(1);
});

test('in a school that takes real money, a membership of the demo provider runs out, whoever says it was paid', async () => {
  const { member, course, subscriptionId } = await aMember();
  await database.owner.query("update shop_settings set bank_details = 'IBAN DE02'");
  try {
    await followMemberships(asSchool(addDays(month(1), 20)));
    expect(await applyProviderEvent(asSchool(month(1)), 'demo', renewed(subscriptionId, 1))).toBe('refused');
  } finally {
    await database.owner.query("update shop_settings set bank_details = ''");
  }
  const { rows } = await database.owner.query('select status from subscriptions where provider_subscription_id = $1', [subscriptionId]);
  expect(rows).toEqual([{ status: 'EXPIRED' }]);
  expect(await stepOf(member, course.slug, addDays(month(1), 20))).toBe('purchase');
});

test('a course that comes to a membership is given to its members, one that leaves it is taken', async () => {
  const { product, member, course } = await aMember();
  const added = await aCourse(database, { isFree: false });
  await database.owner.query('update product_courses set course_id = $1 where product_id = $2 and course_id = $3', [
    added.id,
    product.id,
    course.id,
  ]);
  await inTransaction(asSchool(begun), (ctx) => followMembersCourses(ctx, { productId: product.id }));
  await database.owner.query("update subscriptions set current_period_end = now() + interval '20 days' where product_id = $1", [
    product.id,
  ]);
  await school.runJobs();
  expect(await stepOf(member, added.slug, new Date())).toBe('start');
  expect(await stepOf(member, course.slug, new Date())).toBe('purchase');
});

test('a second membership of the same product, bought at the same time, is refused to the school’s eyes and not renewed', async () => {
  const { product, member } = await aMember();
  await aMember({ product, member });
  const { rows } = await database.owner.query(
    `select (select count(*)::int from subscriptions where user_id = $1) as memberships,
            (select count(*)::int from shop_alarms a join orders o on o.id = a.order_id where a.kind = 'membership-twice' and o.user_id = $1) as alarms`,
    [member.id],
  );
  expect(rows).toEqual([{ memberships: 1, alarms: 1 }]);
});

test('who closes their account is charged no more', async () => {
  const { subscriptionId, member } = await aMember();
  await inTransaction(asSchool(addDays(begun, 1)), (ctx) => leaveMemberships(ctx, { userId: member.id }));
  await followMemberships(asSchool(month(1)));
  expect(await stateOf(subscriptionId)).toBe('CANCELLED');
});

test('a trial is for who was never a member', async () => {
  const product = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1900 }, trialDays: 14 });
  const { member } = await aMember({ product, trialDays: 14 });
  const trialFor = async (buyerId: string) =>
    (await pricedLines(asSchool(begun), { items: [{ productId: product.id, quantity: 1, isGift: false }], currency: 'USD', buyerId }))[0]
      ?.trialDays;
  expect([await trialFor(member.id), await trialFor((await aPerson(database)).id)]).toEqual([null, 14]);
});

test('money given back ends a membership at once', async () => {
  const { subscriptionId, member, course } = await aMember();
  const { id } = await mine(member, begun);
  const at = addDays(begun, 5);
  for (let time = 0; time < 2; time += 1) await inTransaction(asSchool(at), (ctx) => withdrawMembership(ctx, { id, reason: 'refunded' }));
  expect([await stateOf(subscriptionId), await stepOf(member, course.slug, addDays(at, 1))]).toEqual(['CANCELLED', 'purchase']);
});
