import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { audit } from '../audit/audit.ts';
import { accountSuspendedMail } from '../emails/account-suspended.ts';
import { personForDeed, requireManager } from '../people/managed-person.ts';
import { optionalText } from '../profile/text-fields.ts';
import { endOfDay } from './end-of-day.ts';

const schema = z.object({
  reason: optionalText(500).pipe(z.string('Say why, in a sentence or two.')),
  lastDay: z.union([z.literal(''), z.iso.date('Choose a day.')]).optional(),
});

export interface SuspendPerson {
  id: string;
  /** The person reads it in a mail. */
  reason: string;
  /** The last day of the suspension on the admin's own calendar; without one it holds until it is lifted. */
  lastDay?: string;
}

/** Keeps someone out of the school for a while: every session of theirs ends, and they are told why and until when. */
export async function suspendPerson(ctx: Context, input: SuspendPerson): Promise<void> {
  requireManager(ctx);
  const { reason, lastDay } = parseInput(schema, input);
  const timeZone = ctx.actor.kind === 'person' ? ctx.actor.timeZone : 'UTC';
  const until = lastDay ? endOfDay(lastDay, timeZone) : null;
  if (until && until <= ctx.now)
    throw new AppError('invalid', 'That day is over.', { fields: { lastDay: 'Choose a day that is not over yet.' } });
  await inTransaction(ctx, async (ctx) => {
    const person = await personForDeed(ctx, input.id, 'suspend');
    const { prisma } = ctx.db;
    await prisma.user.update({ where: { id: person.id }, data: { banned: true, banReason: reason, banExpires: until } });
    await prisma.session.deleteMany({ where: { userId: person.id } });
    const after = { reason, until: until?.toISOString() ?? 'until it is lifted' };
    await audit(ctx, { action: 'accounts.suspended', subjectType: 'user', subjectId: person.id, after });
    await sendMail(ctx, accountSuspendedMail, person.email, { name: person.name, reason, until: until?.toISOString() ?? null });
  });
}
