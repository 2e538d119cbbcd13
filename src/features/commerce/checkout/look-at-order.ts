import { type Context, system } from '#platform/context.ts';
import { messageOf } from '#platform/errors.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { OwnOrder } from '../orders/own-order.ts';
import { providerNamed } from '../providers/providers.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';

/** A page that waits looks again and again; a provider is asked no more often than this by one person. */
const looks: RateLimit = { name: 'look-at-order', attempts: 60, perSeconds: 600 };

/**
 * Asks the provider of an order that waits what has become of it, and settles what was paid. True when it is to be read again: it was settled here, or a moment ago by the
 * provider's own message. What is only open is no news, and the end of its time is the job's to tell.
 */
export async function settleIfPaid(ctx: Context, { status, payment }: OwnOrder): Promise<boolean> {
  if (status !== 'PENDING' || !payment?.sessionId) return false;
  const school = { ...ctx, actor: system };
  const found = await providerNamed(payment.provider).lookUp(school, payment.sessionId);
  if (found.kind !== 'paid') return false;
  const applied = await applyProviderEvent(school, payment.provider, found);
  return applied === 'applied' || applied === 'already';
}

/** The same for a page: its buyer may be back before the provider's own message. A provider that does not answer is no reason to show nothing. */
export async function lookAtOrder(ctx: Context, order: OwnOrder): Promise<boolean> {
  if (order.status !== 'PENDING' || !order.payment?.sessionId) return false;
  try {
    await runtime().rateLimiter.attempt(looks, order.buyerId);
    return await settleIfPaid(ctx, order);
  } catch (error) {
    ctx.log.warn({ reason: messageOf(error), provider: order.payment.provider }, 'a payment could not be looked up');
    return false;
  }
}
