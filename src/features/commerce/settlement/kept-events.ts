import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import type { ProviderEvent } from '../providers/provider.ts';

const keep = statement<{ isDone: boolean }, [id: string, provider: string, eventId: string, type: string, payload: string, moment: string]>(
  `insert into webhook_events as e (id, provider, event_id, type, payload, received_at, attempts, created_at, updated_at)
   values ($1, $2, $3, $4, $5::jsonb, $6::timestamptz, 1, $6::timestamptz, $6::timestamptz)
   on conflict (provider, event_id) do update set attempts = e.attempts + 1, updated_at = excluded.updated_at
   returning processed_at is not null as "isDone"`,
);

const hold = statement<{ payload: unknown; isDone: boolean }, [provider: string, eventId: string]>(
  `select payload, processed_at is not null as "isDone" from webhook_events where provider = $1 and event_id = $2 for update`,
);

const finish = statement<unknown, [provider: string, eventId: string, note: string | null, moment: string]>(
  `update webhook_events set processed_at = $4::timestamptz, error = $3, updated_at = $4::timestamptz where provider = $1 and event_id = $2`,
);

const leave = statement<unknown, [provider: string, eventId: string, note: string, moment: string]>(
  `update webhook_events set error = $3, updated_at = $4::timestamptz where provider = $1 and event_id = $2 and processed_at is null`,
);

/** Keeps what a provider told, before anything is done about it: what fails later is not lost. True when it was followed before. */
export async function keepEvent(ctx: Context, provider: string, event: ProviderEvent): Promise<boolean> {
  const [kept] = await inTransaction(ctx, (ctx) =>
    ctx.db.sql(keep, newId(), provider, event.eventId, event.type, JSON.stringify(event), ctx.now.toISOString()),
  );
  return kept?.isDone === true;
}

/** The event that is to be followed, held so that who delivers it a second time waits; undefined when it was followed meanwhile. */
export async function holdEvent(ctx: Context, provider: string, eventId: string): Promise<ProviderEvent | undefined> {
  const [held] = await ctx.db.sql(hold, provider, eventId);
  return held && !held.isDone ? eventOf(held.payload) : undefined;
}

/** Says that nothing is left to do about it; the note says what was wrong with it. */
export async function finishEvent(ctx: Context, provider: string, eventId: string, note: string | null): Promise<void> {
  await ctx.db.sql(finish, provider, eventId, note, ctx.now.toISOString());
}

/** Says why it is still to be followed. */
export async function leaveEvent(ctx: Context, provider: string, eventId: string, note: string): Promise<void> {
  await ctx.db.sql(leave, provider, eventId, note, ctx.now.toISOString());
}

const waitingFor = statement<{ eventId: string }, [provider: string, paymentId: string, subscriptionId: string | null]>(
  `select event_id as "eventId" from webhook_events
    where processed_at is null and provider = $1
      and (payload ->> 'paymentId' = $2 or payload ->> 'subscriptionId' = $3 or payload -> 'subscription' ->> 'subscriptionId' = $3)
    order by payload ->> 'happenedAt', received_at`,
);

/** The events that came before the payment that they build on, oldest first. */
export async function waitingEvents(
  ctx: Context,
  { provider, paymentId, subscriptionId }: { provider: string; paymentId: string; subscriptionId: string | null },
): Promise<string[]> {
  const events = await inTransaction(ctx, (ctx) => ctx.db.sql(waitingFor, provider, paymentId, subscriptionId));
  return events.map(({ eventId }) => eventId);
}

const moments = new Set(['happenedAt', 'periodStart', 'periodEnd', 'trialEndsAt']);

/** An event as it was before it was kept as JSON. */
export function eventOf(payload: unknown): ProviderEvent {
  return JSON.parse(JSON.stringify(payload), (key, value) => (moments.has(key) && typeof value === 'string' ? new Date(value) : value));
}
