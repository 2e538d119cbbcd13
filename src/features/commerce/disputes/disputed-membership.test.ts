import { expect, test } from 'vitest';
import { courseStanding } from '#features/learning/index.server.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder, type MadeOrder } from '../../../../tests/support/shop.ts';
import { beginMembership } from '../memberships/begin-membership.ts';
import { followSubscription } from '../memberships/follow-subscription.ts';
import { sweepMembersCoursesJob } from '../memberships/members-courses.ts';
import { membershipPage } from '../memberships/membership-page.ts';
import { addDays, addMonths } from '../memberships/period.ts';
import type { ProviderSubscription } from '../providers/provider.ts';
import { followDispute } from './follow-dispute.ts';

const database = testDatabase({ poolSize: 8 });
const school = testProcess(database);

const begun = new Date(Date.now() - 20 * 86_400_000);
const soon = addDays(begun, 19);
const afterRenewal = addDays(addMonths(begun, 1), 10);
const asSchool = (at: Date) => database.context(system, at);
const periodOf = (subscriptionId: string, count: number): ProviderSubscription => ({
  ...{ subscriptionId, status: 'ACTIVE', trialEndsAt: null, cancelAtPeriodEnd: false },
  ...{ periodStart: addMonths(begun, count), periodEnd: addMonths(begun, count + 1) },
});

/** A membership of two courses that is renewed by its provider, in its first month. */
async function aMember(): Promise<MadeOrder> {
  const product = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1900 } });
  const order = await aSettledOrder(database, { items: [product], settledAt: begun });
  const subscription = periodOf(`sub_${order.id}`, 0);
  await inTransaction(asSchool(begun), (ctx) => beginMembership(ctx, { orderId: order.id, providerName: 'demo', subscription }));
  return order;
}

const renew = (order: MadeOrder, at = soon) =>
  inTransaction(asSchool(at), (ctx) =>
    followSubscription(ctx, {
      provider: 'demo',
      event: {
        ...{ kind: 'renewed', eventId: `renewed_${order.id}`, type: 'renewed', happenedAt: at, paid: { minor: 1900, currency: 'USD' } },
        ...{ subscriptionId: `sub_${order.id}`, paymentId: `renewal_${order.id}`, subscription: periodOf(`sub_${order.id}`, 1) },
      },
    }),
  );

const dispute = (order: MadeOrder, status: 'OPEN' | 'WON' | 'LOST', paymentId = order.providerPaymentId) =>
  followDispute(asSchool(soon), {
    provider: 'demo',
    event: {
      ...{
        kind: 'dispute',
        eventId: `${paymentId}_${status}`,
        type: 'dispute',
        happenedAt: soon,
        disputed: { minor: 1900, currency: 'USD' },
      },
      ...{ paymentId, disputeId: `dispute_${paymentId}`, reason: 'fraudulent', status },
    },
  });

const stepOf = async ({ buyer, items }: MadeOrder, at = soon) =>
  (await courseStanding(database.context(buyer, at), { slug: items[0]!.product.courses[0]!.slug })).step;
const stateOf = async ({ buyer }: MadeOrder) => (await membershipPage(database.context(buyer, soon))).memberships[0]!.state;

test('while a payment of a membership is disputed its courses are closed, whatever else is told of it; won, they open for all that was paid meanwhile', async () => {
  const order = await aMember();
  expect([await stepOf(order), await stateOf(order)]).toEqual(['start', 'active']);
  await dispute(order, 'OPEN');
  expect([await stepOf(order), await stateOf(order)]).toEqual(['purchase', 'suspended']);
  await renew(order);
  await sweepMembersCoursesJob.handler(asSchool(soon), {});
  await school.runJobs();
  expect(await stepOf(order)).toBe('purchase');
  await dispute(order, 'WON');
  expect([await stepOf(order), await stepOf(order, afterRenewal), await stateOf(order)]).toEqual(['start', 'start', 'active']);
});

test('a renewal that is told at the same moment opens nothing', async () => {
  for (let round = 0; round < 4; round += 1) {
    const order = await aMember();
    await Promise.all([dispute(order, 'OPEN'), renew(order)]);
    expect(await stepOf(order)).toBe('purchase');
  }
});

test('of two payments that are disputed, one that is won opens nothing while the other is open, and one that is lost ends the membership', async () => {
  const order = await aMember();
  await renew(order);
  const renewal = `renewal_${order.id}`;
  await dispute(order, 'OPEN');
  await dispute(order, 'OPEN', renewal);
  await dispute(order, 'WON');
  expect([await stepOf(order), await stateOf(order)]).toEqual(['purchase', 'suspended']);
  await dispute(order, 'LOST', renewal);
  expect([await stepOf(order), await stateOf(order)]).toEqual(['purchase', 'over']);
});
