import { afterEach, describe, expect, test } from 'vitest';
import { closePerson } from '#features/accounts/index.server.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, system, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf } from '../../../../tests/support/shop.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { addToCart } from '../cart/add-to-cart.ts';
import { cartPage } from '../cart/cart-page.ts';
import { removeFromCart } from '../cart/remove-from-cart.ts';
import { ownOrder } from '../orders/own-order.ts';
import { demoPaid, demoPayment } from '../providers/demo.ts';
import { answerDemo, demoPage, payDemoLaterJob } from '../providers/demo-page.ts';
import { providers } from '../providers/providers.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { expireOrders } from '../settlement/expire-orders.ts';
import { aCoupon, aPlacedOrder, morning } from '../testing/placed-order.ts';
import { beginPayment } from './begin-payment.ts';
import { cancelOrder } from './cancel-order.ts';
import { checkoutPage } from './checkout-page.ts';
import { lookAtOrder } from './look-at-order.ts';
import { outcomePage } from './outcome-page.ts';

const database = testDatabase();
testProcess(database);

const request = { guestProductIds: [], currency: null, only: null };
const stateOf = async (order: { number: string; buyer: Parameters<TestDatabase['context']>[0] }, at = morning) =>
  (await outcomePage(database.context(order.buyer, at), order)).state;

describe('the page of the checkout', () => {
  test('shows what the cart holds, the coupon and the tax, at what it comes to', async () => {
    const buyer = await aPerson(database);
    await database.owner.query("update shop_settings set collects_eu_vat = true, seller_country = 'DE'");
    const product = await aProductOf(database, { prices: { USD: 11_900 } });
    const { code } = await aCoupon(database, { percent: 50 });
    const billing = { name: 'Ada', country: 'DE', region: '', line1: '', city: '', postcode: '', isBusiness: false, taxId: '' };
    const ctx = database.context(buyer, morning);
    const page = await checkoutPage(ctx, { ...request, guestProductIds: [product.id] }, { billing, couponCode: code });
    await database.owner.query('update shop_settings set collects_eu_vat = false, seller_country = null');
    expect(page.sums).toMatchObject({
      subtotal: '$119.00',
      discount: '$59.50',
      tax: { amount: '$9.50', isIncluded: true },
      total: '$59.50',
      totalMinor: 5950,
    });
    expect(page.coupon).toEqual({ code, isApplied: true, message: null });
  });

  test('says why a coupon does not apply, and sells nothing that is owned', async () => {
    const order = await aPlacedOrder(database);
    await answerDemoOf(order, 'pay');
    const ctx = database.context(order.buyer, morning);
    const page = await checkoutPage(ctx, { ...request, guestProductIds: [order.products[0]!.id] }, { couponCode: 'NOTHING' });
    expect(page).toMatchObject({ sums: null, coupon: { isApplied: false, message: expect.stringContaining('no coupon') } });
    expect(page.lines[0]?.problem).toBe('You have this already. Take it out of your cart to go on.');
    const only = { productId: order.products[0]!.id, quantity: 1, isGift: false };
    const alone = await checkoutPage(ctx, { ...request, only }, { couponCode: '' });
    expect(alone.lines[0]?.problem).toBe('You have this already.');
  });

  test('says what a membership takes, and when first', async () => {
    const ctx = database.context(await aPerson(database), morning);
    for (const [trialDays, words] of [
      [undefined, 'Then $15.00 each month, until you cancel.'],
      [1, '1 day free, then $15.00 each month, until you cancel.'],
      [7, '7 days free, then $15.00 each month, until you cancel.'],
    ] as const) {
      const { id } = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1500 }, trialDays });
      const page = await checkoutPage(ctx, { ...request, only: { productId: id, quantity: 1, isGift: false } }, { couponCode: '' });
      expect(page.sums?.recurring).toBe(words);
    }
  });

  test('chooses the currency that the cart does, also with something in it that is sold no longer, or is gone', async () => {
    const buyer = await aPerson(database);
    const inEuros = await aProductOf(database, { prices: { EUR: 4500 } });
    const leaving = await aProductOf(database);
    const ctx = database.context(buyer, morning);
    for (const { id } of [inEuros, leaving]) await addToCart(ctx, { productId: id });
    const inBoth = async (guestProductIds: string[]) => {
      const cart = await cartPage(ctx, { guestProductIds, currency: null });
      const page = await checkoutPage(ctx, { ...request, guestProductIds }, { couponCode: '' });
      return { cart: [cart.currency, cart.mayCheckOut], checkout: [page.currency, page.sums !== null] };
    };
    expect(await inBoth([])).toEqual({ cart: ['USD', false], checkout: ['USD', false] });
    await database.owner.query("update courses set status = 'ARCHIVED' where id = $1", [leaving.courses[0]?.id]);
    expect(await inBoth([])).toEqual({ cart: ['EUR', false], checkout: ['EUR', false] });
    await removeFromCart(ctx, { productId: leaving.id });
    expect(await inBoth([newId()])).toEqual({ cart: ['EUR', true], checkout: ['EUR', true] });
  });

  test('costs three queries, however much is in the cart', async () => {
    const buyer = await aPerson(database);
    const products = await Promise.all(Array.from({ length: 6 }, () => aProductOf(database)));
    const costOf = (count: number) =>
      statementsOf(() =>
        checkoutPage(
          database.context(buyer, morning),
          { ...request, guestProductIds: products.slice(0, count).map(({ id }) => id) },
          { couponCode: '' },
        ),
      );
    expect(await costOf(1)).toHaveLength(3);
    expect(await costOf(6)).toHaveLength(3);
  });
});

/** Answers on the demo provider's page, as the buyer. */
async function answerDemoOf(
  order: { number: string; id: string; buyer: Parameters<TestDatabase['context']>[0] },
  answer: 'pay' | 'decline' | 'later',
) {
  const ctx = database.context(order.buyer, morning);
  await beginPayment(ctx, order);
  return answerDemo(ctx, { sessionId: `demo_${order.id}`, answer });
}

describe('paying', () => {
  test('a session that was never opened, because the process ended in between, is opened on the next look; asked again, it is the same', async () => {
    const order = await aPlacedOrder(database);
    const ctx = database.context(order.buyer, morning);
    const first = await beginPayment(ctx, order);
    expect(await beginPayment(ctx, order)).toEqual(first);
    expect(first.url).toBe(`http://localhost:3000/checkout/demo/demo_${order.id}`);
    const { rows } = await database.owner.query('select session_id, status from payments where order_id = $1', [order.id]);
    expect(rows).toEqual([{ session_id: `demo_${order.id}`, status: 'PENDING' }]);
  });

  test('a declined payment is told and tried again', async () => {
    const order = await aPlacedOrder(database);
    await answerDemoOf(order, 'decline');
    expect((await outcomePage(database.context(order.buyer, morning), order)).waiting?.failure).toBe('The demo payment was declined.');
    await answerDemoOf(order, 'pay');
    expect(await stateOf(order)).toBe('settled');
  });

  test('what is paid later is settled when the provider says so', async () => {
    const order = await aPlacedOrder(database);
    await answerDemoOf(order, 'later');
    expect(await stateOf(order)).toBe('waiting');
    await payDemoLaterJob.handler(database.context(system, morning), { sessionId: `demo_${order.id}` });
    expect(await stateOf(order)).toBe('settled');
  });

  test('who comes back just when the provider tells of the payment sees it settled', async () => {
    const order = await aPlacedOrder(database);
    const ctx = database.context(order.buyer, morning);
    await beginPayment(ctx, order);
    const asItWas = await ownOrder(ctx, order.number);
    await answerDemo(ctx, { sessionId: `demo_${order.id}`, answer: 'pay' });
    expect(asItWas.status).toBe('PENDING');
    expect(await lookAtOrder(ctx, asItWas)).toBe(true);
  });

  test('an order is its buyer’s alone, also at the demo provider', async () => {
    const order = await aPlacedOrder(database);
    await beginPayment(database.context(order.buyer, morning), order);
    const other = database.context(await aPerson(database), morning);
    for (const work of [outcomePage, beginPayment, cancelOrder])
      await expect(work(other, order)).rejects.toMatchObject({ code: 'not-found' });
    await expect(demoPage(other, { sessionId: `demo_${order.id}` })).rejects.toMatchObject({ code: 'not-found' });
    await expect(outcomePage(database.context(guest), order)).rejects.toMatchObject({ code: 'sign-in-required' });
  });
});

describe('giving up', () => {
  test('a cancelled order frees its coupon and is paid no more; cancelled twice, it is cancelled', async () => {
    const { id, code } = await aCoupon(database, { maxUses: 1 });
    const order = await aPlacedOrder(database, { couponCode: code, expectedTotal: 4410 });
    const ctx = database.context(order.buyer, morning);
    await beginPayment(ctx, order);
    await cancelOrder(ctx, order);
    await cancelOrder(ctx, order);
    expect(await stateOf(order)).toBe('cancelled');
    await expect(beginPayment(ctx, order)).rejects.toMatchObject({ code: 'conflict' });
    expect((await database.owner.query('select used_count from coupons where id = $1', [id])).rows).toEqual([{ used_count: 0 }]);
  });

  test('a settled order is not cancelled', async () => {
    const order = await aPlacedOrder(database);
    await answerDemoOf(order, 'pay');
    await expect(cancelOrder(database.context(order.buyer, morning), order)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('who closes their account has ordered nothing any more, and money that comes all the same opens nothing and is shown to the school', async () => {
    const { id, code } = await aCoupon(database, { maxUses: 1 });
    const order = await aPlacedOrder(database, { couponCode: code, expectedTotal: 4410 });
    await beginPayment(database.context(order.buyer, morning), order);
    const payment = await demoPayment(database.context(), `demo_${order.id}`);
    expect(await closePerson(database.context(system, morning), order.buyer.id)).toEqual({ kind: 'closed' });
    expect((await database.owner.query('select used_count from coupons where id = $1', [id])).rows).toEqual([{ used_count: 0 }]);
    expect(await applyProviderEvent(database.context(), 'demo', demoPaid(payment!, morning))).toBe('refused');
    const { rows } = await database.owner.query(
      `select o.status, o.payment_status as paid, (select kind from shop_alarms where order_id = o.id) as alarm,
              (select count(*)::int from access_grants where user_id = o.user_id) as grants from orders o where o.id = $1`,
      [order.id],
    );
    expect(rows).toEqual([{ status: 'CANCELLED', paid: 'PAID', alarm: 'paid-late', grants: 0 }]);
  });

  test('an order whose time ran out is over', async () => {
    const late = new Date('2026-07-04T10:00:00Z');
    const order = await aPlacedOrder(database, { now: late });
    await expireOrders(database.context(system, new Date(late.getTime() + 3_600_000)));
    expect(await stateOf(order, late)).toBe('expired');
  });
});

describe('where the school takes real money', () => {
  afterEach(() => database.owner.query("update shop_settings set bank_details = ''"));

  test('the demo provider is not there, not even for a payment that was begun with it', async () => {
    const order = await aPlacedOrder(database);
    await beginPayment(database.context(order.buyer, morning), order);
    await database.owner.query("update shop_settings set bank_details = 'IBAN DE02'");
    expect((await providers(database.context())).map(({ name }) => name)).toEqual(['bank']);
    const ctx = database.context(order.buyer, morning);
    await expect(demoPage(ctx, { sessionId: `demo_${order.id}` })).rejects.toMatchObject({ code: 'not-found' });
    await expect(answerDemo(ctx, { sessionId: `demo_${order.id}`, answer: 'pay' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(beginPayment(ctx, order)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('what somebody said to pay later at the demo provider is not given away any more', async () => {
    const order = await aPlacedOrder(database);
    await answerDemoOf(order, 'later');
    await database.owner.query("update shop_settings set bank_details = 'IBAN DE02'");
    await payDemoLaterJob.handler(database.context(system, morning), { sessionId: `demo_${order.id}` });
    expect(await stateOf(order)).toBe('waiting');
  });

  test('a bank transfer waits for a week, with where to send it and what to write on it', async () => {
    await database.owner.query("update shop_settings set bank_details = 'IBAN DE02'");
    const order = await aPlacedOrder(database, { provider: 'bank' });
    const page = await outcomePage(database.context(order.buyer, morning), order);
    expect(page.waiting).toMatchObject({ payAt: 'Bank transfer', transfer: { details: 'IBAN DE02', reference: order.number } });
    const { rows } = await database.owner.query(
      "select expires_at = $2::timestamptz + interval '7 days' as week from orders where id = $1",
      [order.id, morning],
    );
    expect(rows).toEqual([{ week: true }]);
  });
});
