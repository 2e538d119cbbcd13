import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { runtime } from '#platform/runtime.server.ts';
import { dangerouslyAsSystem } from '../../auth.server.ts';
import { holdIdentity } from '../identity-rows.ts';
import { clerkId } from '../providers.ts';
import { type ClerkEvent, clerkEvent } from './event.ts';
import { removePerson } from './remove-person.ts';
import { reportPerson } from './report-person.ts';

/** What became of a delivery: `refused` when it is not Clerk's, `known` when it came before, `ignored` when it is none of the school's business. */
export type Delivery = 'refused' | 'ignored' | 'known' | 'done';

/**
 * Takes what Clerk reports about its people, signed in the way of Standard Webhooks. Deliveries may come twice, late and out of order: each
 * event counts once, and an older report never overwrites a newer one.
 */
export async function receiveClerkEvent(ctx: Context, input: { body: string; headers: Headers }): Promise<Delivery> {
  const secret = runtime().config.signIn.clerkWebhookSecret;
  if (!secret) throw new AppError('not-found', 'There is nothing at this address.');
  const eventId = input.headers.get('svix-id') ?? '';
  if (!isSigned(secret, input)) {
    ctx.log.warn({ eventId: eventId.slice(0, 100) }, 'A delivery to Clerk’s webhook was not signed by Clerk, or too long ago');
    return 'refused';
  }
  const given = JSON.parse(input.body) as { type?: unknown };
  if (!clerkEvent.options.some(({ shape }) => shape.type.value === given.type)) return 'ignored';
  const event = parseInput(clerkEvent, given);
  return inTransaction(dangerouslyAsSystem(ctx), async (ctx) => ((await isNew(ctx, eventId, event)) ? take(ctx, eventId, event) : 'known'));
}

/** The signature covers the id, the time and the body, byte for byte. A time more than five minutes away is refused. */
function isSigned(secret: string, { body, headers }: { body: string; headers: Headers }): boolean {
  const signed = Object.fromEntries(['id', 'timestamp', 'signature'].map((part) => [`webhook-${part}`, headers.get(`svix-${part}`) ?? '']));
  try {
    new Webhook(secret).verify(body, signed, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

/** Of the report only who and when is kept: the rest is about the person, and would outlive them. */
async function isNew(ctx: Context, eventId: string, { type, data }: ClerkEvent): Promise<boolean> {
  const payload = 'updated_at' in data ? { id: data.id, updatedAt: data.updated_at } : { id: data.id };
  const { count } = await ctx.db.prisma.webhookEvent.createMany({
    data: { id: newId(), provider: clerkId, eventId, type, payload, receivedAt: ctx.now, processedAt: ctx.now, attempts: 1 },
    skipDuplicates: true,
  });
  return count > 0;
}

async function take(ctx: Context, eventId: string, { type, data }: ClerkEvent): Promise<Delivery> {
  await holdIdentity(ctx, { providerId: clerkId, accountId: data.id });
  const problem = type === 'user.deleted' ? await removePerson(ctx, data.id) : await reportPerson(ctx, data);
  if (!problem) return 'done';
  ctx.log.warn({ eventId, problem }, 'A report of Clerk was not followed');
  await ctx.db.prisma.webhookEvent.update({ where: { provider_eventId: { provider: clerkId, eventId } }, data: { error: problem } });
  return 'done';
}
