import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import { followKept } from './follow-kept.ts';
import { finishEvent, holdEvent } from './kept-events.ts';

const atATime = 100;
/** Long enough that whoever received it is not still at it. */
const afterSeconds = 60;
/** A payment that nobody has told of by then is not of this school. */
const givenUpAfterDays = 3;

const left = statement<{ provider: string; eventId: string; isOld: boolean }, [before: string, old: string]>(
  `select provider, event_id as "eventId", received_at < $2::timestamptz as "isOld" from webhook_events
    where processed_at is null and received_at < $1::timestamptz order by received_at limit ${atATime}`,
);

/** Follows what was kept and not followed: the process ended in the middle, it failed, or what it builds on was late. */
export async function followWaitingEvents(ctx: Context): Promise<void> {
  const before = (seconds: number) => new Date(ctx.now.getTime() - seconds * 1000).toISOString();
  const events = await inTransaction(ctx, (ctx) => ctx.db.sql(left, before(afterSeconds), before(givenUpAfterDays * 86_400)));
  for (const { provider, eventId, isOld } of events) {
    try {
      const applied = await followKept(ctx, provider, eventId);
      if (applied === 'waits' && isOld) await giveUp(ctx, provider, eventId);
    } catch (error) {
      ctx.log.error({ err: error, provider, eventId }, 'an event of a payment provider could not be followed');
      if (isOld) await giveUp(ctx, provider, eventId);
    }
  }
}

async function giveUp(ctx: Context, provider: string, eventId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const event = await holdEvent(ctx, provider, eventId);
    if (!event) return;
    await raiseAlarm(ctx, {
      key: `unknown-payment:${provider}:${eventId}`,
      kind: 'unknown-payment',
      orderId: null,
      details: { provider, eventId, type: event.type, event: JSON.parse(JSON.stringify(event)) },
    });
    await finishEvent(ctx, provider, eventId, 'Nothing here that it could be about: the school was told.');
  });
}

/** Does so every minute. */
export const followWaitingEventsJob = defineJob({
  name: 'commerce.followWaitingEvents',
  schema: z.object({}),
  schedule: '* * * * *',
  maxAttempts: 1,
  handler: (ctx) => followWaitingEvents(ctx),
});
