import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { applicationDecidedMail } from '../emails/application-decided.ts';
import { requireManager } from '../people/managed-person.ts';
import { ensureTeachingProfile } from '../people/teaching-profile.ts';
import { optionalText } from '../profile/text-fields.ts';

const schema = z
  .object({ decision: z.enum(['APPROVED', 'REFUSED']), answer: optionalText(2000) })
  .refine(({ decision, answer }) => decision === 'APPROVED' || answer, { path: ['answer'], message: 'Say why, in a sentence or two.' });

export interface DecideApplication {
  id: string;
  decision: 'APPROVED' | 'REFUSED';
  /** The person reads it; a refusal needs one. */
  answer: string;
}

export type ApplicationDecided = { kind: 'decided'; name: string } | { kind: 'decided-before' };

/** Answers someone who asked to teach, once: approved, they are an instructor at once. Either way they are told by mail. */
export async function decideApplication(ctx: Context, input: DecideApplication): Promise<ApplicationDecided> {
  requireManager(ctx);
  const { decision, answer } = parseInput(schema, input);
  return inTransaction(ctx, async (ctx) => {
    const { prisma } = ctx.db;
    const person = isId(input.id) ? await prisma.user.findFirst({ where: { applications: { some: { id: input.id } } } }) : null;
    if (!person) throw new AppError('not-found', 'There is no such application. It may have been withdrawn.');
    const { count } = await prisma.teachingApplication.updateMany({
      where: { id: input.id, state: 'PENDING' },
      data: {
        state: decision,
        answer,
        decidedAt: ctx.now,
        decidedById: ctx.actor.kind === 'person' ? ctx.actor.id : null,
      },
    });
    if (count === 0) return { kind: 'decided-before' };
    if (decision === 'APPROVED') {
      await prisma.user.updateMany({ where: { id: person.id, role: 'STUDENT' }, data: { role: 'INSTRUCTOR' } });
      await ensureTeachingProfile(ctx, person.id);
    }
    await audit(ctx, {
      action: decision === 'APPROVED' ? 'accounts.applicationApproved' : 'accounts.applicationRefused',
      subjectType: 'user',
      subjectId: person.id,
      after: answer ? { answer } : undefined,
    });
    const url = `${runtime().config.origin}${decision === 'APPROVED' ? '/studio' : '/settings/teaching'}`;
    await sendMail(ctx, applicationDecidedMail, person.email, {
      userId: person.id,
      name: person.name,
      decision,
      answer: answer ?? '',
      url,
    });
    return { kind: 'decided', name: person.name };
  });
}
