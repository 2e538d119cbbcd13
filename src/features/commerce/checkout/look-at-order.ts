import { type Context, system } from '#platform/context.ts';
import { messageOf } from '#platform/errors.ts';
import type { OwnOrder } from '../orders/own-order.ts';
import { providerNamed } from '../providers/providers.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';

/**
 * Looks up what has become of an order that waits, where its provider can tell, and follows it: the buyer may be back before the provider's own message. A provider that
 * does not answer is no reason to show no page.
 */
export async function lookAtOrder(ctx: Context, { status, payment }: OwnOrder): Promise<boolean> {
  if (status !== 'PENDING' || !payment?.sessionId) return false;
  const school = { ...ctx, actor: system };
  try {
    const found = await providerNamed(payment.provider).lookUp(school, payment.sessionId);
    // What is only open, or was declined before, is no news; the end of its time is the job's to tell.
    return found.kind === 'paid' && (await applyProviderEvent(school, payment.provider, found)) === 'applied';
  } catch (error) {
    ctx.log.warn({ reason: messageOf(error), provider: payment.provider }, 'a payment could not be looked up');
    return false;
  }
}
