import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import type { UserId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { spendLinks } from '../email/spend-links.ts';
import { passwordChangedMail } from '../emails/password-changed.ts';
import { emailField } from '../fields.ts';
import { mayManagePeople } from '../policy.ts';
import { forgetDevicesOf } from '../second-factor/forget-devices-of.ts';
import { passwordProblem } from './password.ts';
import { writePassword } from './write-password.ts';

const schema = z.object({ email: emailField, password: z.string() });

/** Gives someone else a new password, for when no mail reaches them: every session of theirs ends, and they are told by mail. */
export async function setPassword(ctx: Context, input: { email: string; password: string }): Promise<{ id: UserId }> {
  if (!mayManagePeople(ctx.actor)) throw new AppError('forbidden', 'Only admins set others’ passwords.');
  const { email, password } = parseInput(schema, input);
  return inTransaction(ctx, async (ctx) => {
    const person = await ctx.db.prisma.user.findFirst({ where: { email, deletedAt: null }, select: { id: true, name: true, email: true } });
    if (!person) throw new AppError('not-found', `Nobody here has the address ${email}.`);
    const problem = passwordProblem(password, person);
    if (problem) throw new AppError('invalid', problem, { fields: { password: problem } });
    await writePassword(ctx, person.id, await hashPassword(password));
    await ctx.db.prisma.session.deleteMany({ where: { userId: person.id } });
    await spendLinks(ctx, person);
    await forgetDevicesOf(ctx.db.prisma, person.id);
    await audit(ctx, { action: 'accounts.passwordSet', subjectType: 'user', subjectId: person.id });
    await sendMail(ctx, passwordChangedMail, person.email, {
      name: person.name,
      signedOut: 'everywhere',
      forgotPasswordUrl: `${runtime().config.origin}/forgot-password`,
    });
    return { id: person.id as UserId };
  });
}
