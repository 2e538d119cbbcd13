import type Stripe from 'stripe';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { StripeSettings } from '#platform/payment-settings.server.ts';
import { runtime } from '#platform/runtime.server.ts';

const clients = new WeakMap<StripeSettings, Promise<Stripe>>();

/** Whether this school is paid through Stripe. */
export function isStripeSetUp(): boolean {
  return runtime().config.payments.stripe !== undefined;
}

/** What the settings say about Stripe. Asking where it is not set up is a bug: it is not among the providers then. */
export function stripeSettings(): StripeSettings {
  const settings = runtime().config.payments.stripe;
  if (!settings) throw new Error('Stripe is not set up');
  return settings;
}

/** Stripe's own library for the settings of this process. It is large, and loaded when it is first needed. */
export function stripeClient(): Promise<Stripe> {
  const settings = stripeSettings();
  const made = clients.get(settings) ?? makeClient(settings);
  clients.set(settings, made);
  return made;
}

async function makeClient({ secretKey, apiBase }: StripeSettings): Promise<Stripe> {
  const { default: Stripe } = await import('stripe');
  const isOpen = apiBase.protocol === 'http:';
  return new Stripe(secretKey, {
    protocol: isOpen ? 'http' : 'https',
    host: apiBase.hostname,
    port: apiBase.port || (isOpen ? 80 : 443),
    // Each try again bears the key of the first, so that nothing happens twice.
    maxNetworkRetries: 2,
    timeout: 20_000,
    telemetry: false,
    appInfo: { name: 'Lyceum' },
  });
}

/** Asks Stripe, and turns what went wrong into words for whoever waits. What only the school can mend is logged. */
export async function askStripe<Answer>(ctx: Context, ask: (stripe: Stripe) => Promise<Answer>): Promise<Answer> {
  try {
    return await ask(await stripeClient());
  } catch (error) {
    throw refusalOf(ctx, error);
  }
}

function refusalOf(ctx: Context, error: unknown): unknown {
  if (!isStripeError(error)) return error;
  const { type, code, requestId } = error;
  if (code === 'amount_too_small') return new AppError('invalid', 'Stripe does not take so small an amount.', { cause: error });
  if (code === 'amount_too_large') return new AppError('invalid', 'Stripe does not take so large an amount.', { cause: error });
  if (code === 'charge_already_refunded') return new AppError('conflict', 'Stripe has given this payment back already.', { cause: error });
  if (code === 'charge_disputed') return new AppError('conflict', 'The buyer’s bank has called this payment back.', { cause: error });
  if (code === 'idempotency_key_in_use')
    return new AppError('unavailable', 'This is being done already. Look again in a moment.', { cause: error });
  if (type === 'StripeInvalidRequestError' || type === 'StripeIdempotencyError') return error;
  ctx.log.error({ stripe: { type, code, requestId } }, 'Stripe could not be asked');
  return new AppError('unavailable', 'Stripe does not answer at the moment. Try again in a few minutes.', { cause: error });
}

/** Whether Stripe itself, or its library, refused. Told by its name, so that nothing here loads the library. */
export function isStripeError(error: unknown): error is Stripe.errors.StripeError {
  return error instanceof Error && /^Stripe\w*Error$/.test((error as { type?: string }).type ?? '');
}

/** Whether Stripe says that it has no such thing. */
export function isMissing(error: unknown): boolean {
  return isStripeError(error) && error.code === 'resource_missing';
}
