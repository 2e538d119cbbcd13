import { type Context, system } from '#platform/context.ts';
import { demoProvider } from '../providers/demo.ts';
import type { ProviderEvent } from '../providers/provider.ts';
import { takesDemoMoney } from '../providers/providers.ts';
import { followKept } from './follow-kept.ts';
import { keepEvent, waitingEvents } from './kept-events.ts';
import type { Applied } from './outcome.ts';

/**
 * Follows what a payment provider told, whoever brings it: a webhook, the return page, the demo page, an admin who saw the money come, the end of an order's time. It is the
 * only door: any event may come twice, late, or before the one that it builds on, and counts once.
 */
export async function applyProviderEvent(ctx: Context, provider: string, event: ProviderEvent): Promise<Applied> {
  if (event.kind === 'other') return 'ignored';
  const school = { ...ctx, actor: system };
  const isDemoMoney = provider === demoProvider.name && (event.kind === 'paid' || event.kind === 'renewed');
  if (isDemoMoney && !(await takesDemoMoney(school))) return 'refused';
  if (await keepEvent(school, provider, event)) return 'already';
  const applied = await followKept(school, provider, event.eventId);
  if (event.kind === 'paid' && applied === 'applied') {
    const subscriptionId = event.subscription?.subscriptionId ?? null;
    for (const eventId of await waitingEvents(school, { provider, paymentId: event.paymentId, subscriptionId }))
      await followKept(school, provider, eventId);
  }
  return applied;
}
