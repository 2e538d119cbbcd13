import type Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sending, StripeMessage } from '../../../../tests/support/stripe/post.ts';
import { type StripeServer, startStripe } from '../../../../tests/support/stripe-server.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { anOrderAtStripe } from '../../../../tests/support/waiting-order.ts';
import { POST } from './+server.ts';

const school = testSchool();
let stripe: StripeServer;

beforeAll(async () => {
  stripe = await startStripe();
  await school.restart(stripe.settings);
});
afterAll(() => stripe?.stop());
beforeEach(async () => {
  stripe.isDown = false;
  await school.database.owner.query('delete from shop_alarms');
});

async function deliver(message: StripeMessage, sending?: Sending & { now?: Date }): Promise<number> {
  const { body, headers } = stripe.post.sign(message, sending);
  const request = new Request('http://localhost:3000/webhooks/stripe', { method: 'POST', body, headers });
  const answer = await POST({ locals: { ctx: school.asGuest(sending?.now) }, request } as unknown as Parameters<typeof POST>[0]);
  return answer.status;
}

const aSession = () => anOrderAtStripe(school.database, school.asProgram());
const aPaidSession = async () => {
  const { order, sessionId } = await aSession();
  stripe.pay(sessionId);
  return { order, sessionId, message: stripe.post.latest('checkout.session.completed') };
};

/** How the order stands, how many payments of it came, and how many grants it gave. */
async function standingOf(orderId: string) {
  const { rows } = await school.database.owner.query(
    `select o.status, (select count(*)::int from payments p where p.order_id = o.id and p.status = 'PAID') as payments,
            (select count(*)::int from access_grants g join order_items i on i.id = g.order_item_id where i.order_id = o.id) as grants
       from orders o where o.id = $1`,
    [orderId],
  );
  return rows[0];
}
const alarms = async () => (await school.database.owner.query('select key, kind, details from shop_alarms order by key')).rows;
const eventOf = async ({ id }: StripeMessage) =>
  (await school.database.owner.query('select error, processed_at is not null as done from webhook_events where event_id = $1', [id]))
    .rows[0];

test('a payment at Stripe settles its order', async () => {
  const { order, message } = await aPaidSession();
  expect(await deliver(message)).toBe(204);
  expect(await standingOf(order.id)).toEqual({ status: 'COMPLETED', payments: 1, grants: 1 });
});

test('told many times, even at once, it counts once', async () => {
  const { order, message } = await aPaidSession();
  expect(await Promise.all([1, 2, 3, 4].map(() => deliver(message)))).toEqual([204, 204, 204, 204]);
  expect(await deliver(message)).toBe(204);
  expect(await standingOf(order.id)).toEqual({ status: 'COMPLETED', payments: 1, grants: 1 });
});

test('told in any order, a payment, its refund and its dispute end as they are', async () => {
  const { order, message } = await aPaidSession();
  const { rows } = await school.database.owner.query('select session_id as id from payments where order_id = $1', [order.id]);
  const intent = String(stripe.shelf.get<Stripe.Checkout.Session>('checkout.session', rows[0].id).payment_intent);
  stripe.dispute(intent);
  const dispute = stripe.post.latest('charge.dispute.created');
  expect(await deliver(dispute)).toBe(204);
  expect(await eventOf(dispute)).toMatchObject({ done: false });
  expect(await deliver(message)).toBe(204);
  expect(await eventOf(dispute)).toMatchObject({ done: true });
});

test.each<[string, Sending]>([
  ['by another secret', { secret: 'whsec_of_somebody_else' }],
  ['more than five minutes ago', { at: new Date(Date.now() - 320_000) }],
  ['and then changed', { change: (body) => body.replace('checkout.session.completed', 'checkout.session.expired') }],
])('a message that was signed %s is refused, changes nothing, and is shown to the admins without its words', async (_, sending) => {
  const { order, message } = await aPaidSession();
  expect(await deliver(message, sending)).toBe(400);
  expect(await standingOf(order.id)).toMatchObject({ status: 'PENDING', payments: 0 });
  expect(await eventOf(message)).toBeUndefined();
  const [alarm, ...others] = await alarms();
  expect([alarm?.kind, others]).toEqual(['webhook-refused', []]);
  expect(JSON.stringify(alarm)).not.toMatch(/whsec|cs_test|evt_|v1=/);
});

test('who is refused again and again is shown once an hour', async () => {
  const { message } = await aPaidSession();
  const at = (time: string) => new Date(`2026-05-04T${time}Z`);
  for (const time of ['09:00:00', '09:30:00', '09:59:59', '10:00:00'])
    expect(await deliver(message, { secret: 'whsec_of_somebody_else', now: at(time) })).toBe(400);
  expect((await alarms()).map(({ key }) => key)).toEqual(['webhook-refused:stripe:2026-05-04T09', 'webhook-refused:stripe:2026-05-04T10']);
});

test.each([
  ['amount', { amount_total: 100 }],
  ['currency', { currency: 'inr' }],
])('money of another %s than the order’s is taken note of, and settles nothing', async (_, changed) => {
  const { order, sessionId } = await aSession();
  Object.assign(stripe.shelf.get('checkout.session', sessionId), changed);
  stripe.pay(sessionId);
  expect(await deliver(stripe.post.latest('checkout.session.completed'))).toBe(204);
  expect(await standingOf(order.id)).toEqual({ status: 'PENDING', payments: 0, grants: 0 });
  expect((await alarms()).map(({ kind }) => kind)).toEqual(['amount-differs']);
});

test('an order whose session ran out is given up', async () => {
  const { order, sessionId } = await aSession();
  stripe.expire(sessionId);
  expect(await deliver(stripe.post.latest('checkout.session.expired'))).toBe(204);
  expect(await standingOf(order.id)).toMatchObject({ status: 'CANCELLED' });
});

test('what cannot be settled is not answered as done, and is when it is told again', async () => {
  const { order, message } = await aPaidSession();
  const { owner } = school.database;
  await owner.query(`create function refuse_all() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$`);
  await owner.query('create trigger refuse_all before insert on access_grants for each row execute function refuse_all()');
  await expect(deliver(message)).rejects.toThrow('the disk is full');
  expect(await standingOf(order.id)).toEqual({ status: 'PENDING', payments: 0, grants: 0 });
  expect(await eventOf(message)).toMatchObject({ done: false });
  await owner.query('drop trigger refuse_all on access_grants');
  expect(await deliver(message)).toBe(204);
  expect(await standingOf(order.id)).toEqual({ status: 'COMPLETED', payments: 1, grants: 1 });
});

test('while Stripe cannot be asked, nothing is answered as done', async () => {
  const { order, message } = await aPaidSession();
  stripe.isDown = true;
  await expect(deliver(message)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await standingOf(order.id)).toMatchObject({ status: 'PENDING' });
});

test('what is none of the shop’s is answered and left alone', async () => {
  stripe.post.tell('customer.created', { id: 'cus_of_another_program', object: 'customer' });
  const message = stripe.post.latest('customer.created');
  expect(await deliver(message)).toBe(204);
  expect(await eventOf(message)).toBeUndefined();
});

test('of a message only what the shop needs is kept: nobody’s name, address or card', async () => {
  const { message } = await aPaidSession();
  await deliver(message);
  const { rows } = await school.database.owner.query('select payload from webhook_events where event_id = $1', [message.id]);
  expect(Object.keys(rows[0].payload).sort()).toEqual(
    ['eventId', 'happenedAt', 'kind', 'orderId', 'paid', 'paymentId', 'sessionId', 'subscription', 'type'].sort(),
  );
});

test('without the settings there is no such address', async () => {
  const { message } = await aPaidSession();
  await school.restart();
  await expect(deliver(message)).rejects.toMatchObject({ code: 'not-found' });
  await school.restart(stripe.settings);
});
