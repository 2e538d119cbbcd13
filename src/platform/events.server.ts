import type { z } from 'zod';
import type { Context } from './context.ts';
import { defineJob, enqueue, type Job } from './jobs.server.ts';

/** Something that has happened, told to whoever listens. The announcing feature does not know who that is. */
export interface Event<Payload> {
  name: string;
  schema: z.ZodType<Payload>;
}

/** Declares an event, named `feature.whatHappened`. */
export function defineEvent<Payload>(event: Event<Payload>): Event<Payload> {
  return event;
}

/** A listener is a job of its own, so that each retries apart from the others. */
export interface Subscription {
  event: string;
  job: Job<never>;
}

/** Subscribes under a name that is unique among the event's listeners. */
export function subscribe<Payload>(
  event: Event<Payload>,
  name: string,
  handler: (ctx: Context, payload: Payload) => Promise<void>,
): Subscription {
  const job = defineJob({ name: `${event.name}>${name}`, schema: event.schema, handler });
  return { event: event.name, job: job as unknown as Job<never> };
}

const listeners = new Map<string, Job<never>[]>();

/** Tells this process who listens; called once at boot with every feature's subscriptions. */
export function registerSubscriptions(subscriptions: readonly Subscription[]): void {
  listeners.clear();
  for (const { event, job } of subscriptions) listeners.set(event, [...(listeners.get(event) ?? []), job]);
}

/** Announces an event in the current transaction: listeners hear of it if and only if that transaction commits. */
export async function publish<Payload>(ctx: Context, event: Event<Payload>, payload: Payload): Promise<void> {
  for (const job of listeners.get(event.name) ?? []) await enqueue(ctx, job, event.schema.parse(payload) as never);
}
