import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { messageOf } from '#platform/errors.ts';
import { followEvent } from './follow-event.ts';
import { finishEvent, holdEvent, leaveEvent } from './kept-events.ts';
import type { Applied } from './outcome.ts';

/** Follows an event that is kept, in one transaction with its being done; one that fails stays to be tried again. */
export async function followKept(ctx: Context, provider: string, eventId: string): Promise<Applied> {
  try {
    return await inTransaction(ctx, async (ctx): Promise<Applied> => {
      const event = await holdEvent(ctx, provider, eventId);
      if (!event) return 'already';
      const { applied, note } = await followEvent(ctx, provider, event);
      if (applied === 'waits') await leaveEvent(ctx, provider, eventId, note ?? 'Waits.');
      else await finishEvent(ctx, provider, eventId, note ?? null);
      return applied;
    });
  } catch (error) {
    await inTransaction(ctx, (ctx) => leaveEvent(ctx, provider, eventId, messageOf(error)));
    throw error;
  }
}
