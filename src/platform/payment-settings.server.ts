import { z } from 'zod';
import { OperatorError } from './errors.ts';
import { isLoopback } from './http/loopback.ts';

const stripeUrl = 'https://api.stripe.com';

const startsWith = (form: RegExp, problem: string) =>
  z
    .string()
    .optional()
    .refine((value) => value === undefined || form.test(value), problem);

/** Settings of those who take money for the school: one without them sells by bank transfer, or tries its shop out. */
export const paymentSettings = {
  STRIPE_SECRET_KEY: {
    about: 'Payments by Stripe: the secret key, or a restricted one',
    schema: startsWith(/^[rs]k_\w{8,}$/, 'must be a secret key that starts with sk_ or rk_'),
    byDefault: 'no payments by Stripe',
    secret: true,
  },
  STRIPE_WEBHOOK_SECRET: {
    about: 'Signing secret of Stripe’s webhook to /webhooks/stripe, as whsec_…',
    schema: startsWith(/^whsec_[\w+/=]{8,}$/, 'must be a signing secret that starts with whsec_'),
    byDefault: 'none',
    secret: true,
  },
  STRIPE_API_BASE: {
    about: 'Where Stripe’s API is asked, for trying out',
    schema: z
      .string()
      .optional()
      .refine((value) => value === undefined || isBase(value), 'must be a URL that starts with https: and has no path'),
    byDefault: stripeUrl,
  },
};

/** What it takes to be paid through Stripe, and to believe what it tells. */
export interface StripeSettings {
  secretKey: string;
  webhookSecret: string;
  apiBase: URL;
}

/** Who takes money for this school. */
export interface PaymentsConfig {
  stripe?: StripeSettings;
}

type Name = keyof typeof paymentSettings;

/** Reads the settings that belong together: money that is taken and never heard of would be a purchase that nobody gets. */
export function paymentsConfig(read: (name: Name) => string | undefined): PaymentsConfig {
  const [secretKey, webhookSecret] = [read('STRIPE_SECRET_KEY'), read('STRIPE_WEBHOOK_SECRET')];
  if (secretKey && !webhookSecret) throw new OperatorError('The setting STRIPE_SECRET_KEY needs STRIPE_WEBHOOK_SECRET beside it.');
  if (webhookSecret && !secretKey) throw new OperatorError('The setting STRIPE_WEBHOOK_SECRET needs STRIPE_SECRET_KEY beside it.');
  if (!secretKey || !webhookSecret) return {};
  return { stripe: { secretKey, webhookSecret, apiBase: new URL(read('STRIPE_API_BASE') ?? stripeUrl) } };
}

/** The key travels there: in the open only on this machine itself. */
function isBase(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, pathname, search } = new URL(value);
  const isHere = hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
  return pathname === '/' && search === '' && (protocol === 'https:' || (protocol === 'http:' && isHere));
}
