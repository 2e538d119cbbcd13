import { type Context, requirePerson } from '#platform/context.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';

const hour = 3600;

/** How often one person may try. More than anybody honest needs, less than a program wants. */
const limits = {
  write: { name: 'review-write', attempts: 20, perSeconds: hour },
  reply: { name: 'review-reply', attempts: 120, perSeconds: hour },
  report: { name: 'review-report', attempts: 20, perSeconds: hour },
} satisfies Record<string, RateLimit>;

/** Counts an attempt of the acting person, or refuses it. */
export async function countReviewAttempt(ctx: Context, kind: keyof typeof limits): Promise<void> {
  await runtime().rateLimiter.attempt(limits[kind], requirePerson(ctx).id);
}
