import { expect, test } from 'vitest';
import { describeSettings, loadConfig } from './config.server.ts';

const secret = 'a secret for tests that has more than 32 characters';
const stripe = { STRIPE_SECRET_KEY: 'sk_test_0123456789', STRIPE_WEBHOOK_SECRET: 'whsec_0123456789' };
const configOf = (env: Record<string, string>) => loadConfig({ SECRET: secret, ...env });

test('a school without a key takes no payments by Stripe', () => {
  expect(configOf({}).payments).toEqual({});
});

test('with a key and a signing secret, Stripe itself is asked', () => {
  const { apiBase, ...keys } = configOf(stripe).payments.stripe ?? {};
  expect(keys).toEqual({ secretKey: 'sk_test_0123456789', webhookSecret: 'whsec_0123456789' });
  expect(apiBase?.href).toBe('https://api.stripe.com/');
});

test.each([
  ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  ['STRIPE_WEBHOOK_SECRET', 'STRIPE_SECRET_KEY'],
] as const)('%s alone stops the start', (given, missing) => {
  expect(() => configOf({ [given]: stripe[given] })).toThrow(`The setting ${given} needs ${missing} beside it.`);
});

test.each([
  ['STRIPE_SECRET_KEY', 'pk_test_0123456789'],
  ['STRIPE_SECRET_KEY', 'whsec_0123456789'],
  ['STRIPE_WEBHOOK_SECRET', 'sk_test_0123456789'],
  ['STRIPE_API_BASE', 'http://payments.example.org'],
  ['STRIPE_API_BASE', 'https://payments.example.org/v1'],
])('%s refuses %s', (name, value) => {
  expect(() => configOf({ ...stripe, [name]: value })).toThrow(`The setting ${name} must`);
});

test('Stripe may be asked on this machine in the open', () => {
  expect(configOf({ ...stripe, STRIPE_API_BASE: 'http://localhost:12111' }).payments.stripe?.apiBase.host).toBe('localhost:12111');
});

test('no key of Stripe is ever shown', () => {
  expect(JSON.stringify(describeSettings(stripe))).not.toContain('0123456789');
});
