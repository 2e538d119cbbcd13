import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import type { PaymentProvider, ProviderEvent } from '../providers/provider.ts';
import { isStripeSetUp } from '../providers/stripe/client.ts';
import { stripeProvider } from '../providers/stripe/stripe.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';

/** What became of a message: `refused` when the provider did not sign it, or too long ago. */
export type Received = 'refused' | 'taken';

interface Message {
  provider: 'stripe';
  body: string;
  headers: Headers;
}

/**
 * Takes what a payment provider tells. It is taken when what it says is kept; until then it throws, so that the provider sends it again. Anybody can send something here:
 * the signature is looked at before anything else, and what bears none is shown to the admins, once an hour.
 */
export async function receivePaymentMessage(ctx: Context, message: Message): Promise<Received> {
  if (!isStripeSetUp()) throw new AppError('not-found', 'There is nothing at this address.');
  const event = await signedEvent(ctx, stripeProvider, message);
  if (!event) {
    await tellAdmins(ctx, message.provider);
    return 'refused';
  }
  const applied = await applyProviderEvent(ctx, message.provider, event);
  ctx.log.info({ provider: message.provider, eventId: event.eventId, type: event.type, kind: event.kind, applied }, 'payment message');
  return 'taken';
}

async function signedEvent(ctx: Context, provider: PaymentProvider, message: Message): Promise<ProviderEvent | undefined> {
  try {
    return await provider.readWebhook?.(ctx, message);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return undefined;
    throw error;
  }
}

/** Of the message itself nothing is kept: whoever sent it may have written anything into it. */
async function tellAdmins(ctx: Context, provider: string): Promise<void> {
  const hour = ctx.now.toISOString().slice(0, 13);
  ctx.log.warn({ provider }, 'A message to the webhook of a payment provider was not signed by it, or too long ago');
  await inTransaction({ ...ctx, actor: system }, (ctx) =>
    raiseAlarm(ctx, {
      key: `webhook-refused:${provider}:${hour}`,
      kind: 'webhook-refused',
      orderId: null,
      details: { provider, note: 'A message came that the provider did not sign, or signed more than five minutes ago.' },
    }),
  );
}
