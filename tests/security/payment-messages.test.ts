import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StripeServer, startStripe } from '../support/stripe-server.ts';
import { attempt, openTarget, type Target } from './target.ts';

let stripe: StripeServer;
let target: Target;

beforeAll(async () => {
  stripe = await startStripe();
  target = await openTarget(stripe.settings);
  stripe.post.tell('customer.created', { id: 'cus_of_another_program', object: 'customer' });
});
afterAll(async () => {
  await target?.close();
  await stripe?.stop();
});

const webhook = '/webhooks/stripe';
const message = () => {
  const { body, headers } = stripe.post.sign(stripe.post.latest('customer.created'));
  return { method: 'POST', body, headers: { ...headers } as Record<string, string> };
};

test('Stripe is heard as the program that it is, twice too', async () => {
  const told = stripe.post.latest('customer.created');
  expect(await stripe.post.send(target.origin + webhook, [told, told])).toEqual([204, 204]);
});

test.each<[string, number, () => ReturnType<typeof message>]>([
  ['without its signature', 400, () => ({ ...message(), headers: { 'content-type': 'application/json' } })],
  ['by a page of another site', 403, () => ({ ...message(), headers: { ...message().headers, origin: 'https://evil.example' } })],
  ['longer than any that Stripe sends', 413, () => ({ ...message(), body: 'a'.repeat(600_000) })],
])('a message that comes %s is refused', async (_, status, how) => {
  expect((await attempt(target, webhook, how())).status).toBe(status);
});
