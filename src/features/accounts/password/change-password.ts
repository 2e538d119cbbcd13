import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { spendLinks } from '../email/spend-links.ts';
import { passwordChangedMail } from '../emails/password-changed.ts';
import { newPasswordField } from '../fields.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { requireFreshProof } from '../sessions/fresh-proof.ts';
import { replaceOwnSession } from '../sessions/renew-session.ts';
import type { Client, SessionCookie } from '../sessions/session-cookies.ts';
import { checkOwnPassword, hasPassword } from './own-password.ts';
import { passwordProblem } from './password.ts';
import { writePassword } from './write-password.ts';

const schema = z.object({
  oldPassword: z.string().max(1000, 'That is not your password.'),
  password: newPasswordField,
  endOthers: z.boolean(),
});

export interface PasswordChange {
  /** Asked of whoever has one; the others must have proved who they are a short while ago. */
  oldPassword: string;
  password: string;
  /** Whether every other browser is signed out. */
  endOthers: boolean;
  client: Client;
}

/**
 * Gives the acting person a new password, or their first. They go on with a new session, mailed links of theirs work no more, and they are
 * told by mail.
 */
export async function changePassword(ctx: Context, input: PasswordChange): Promise<{ cookies: SessionCookie[] }> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { oldPassword, password, endOthers } = parseInput(schema, input);
  if (await hasPassword(ctx)) await checkOwnPassword(ctx, person, { password: oldPassword, field: 'oldPassword', client: input.client });
  else requireFreshProof(ctx);
  refuseWeak(person, password, oldPassword);
  const hash = await hashPassword(password);
  return inAuthTransaction(ctx, async (inside, auth) => {
    await writePassword(inside, person.id, hash);
    if (endOthers) await inside.db.prisma.session.deleteMany({ where: { userId: person.id, id: { not: person.session?.id } } });
    const cookies = await replaceOwnSession(inside, auth, person, input.client);
    await spendLinks(inside, person);
    await audit({ ...inside, actor: person }, { action: 'accounts.passwordChanged', subjectType: 'user', subjectId: person.id });
    await sendMail(inside, passwordChangedMail, person.email, {
      name: person.name,
      signedOut: endOthers ? 'others' : 'nobody',
      forgotPasswordUrl: `${runtime().config.origin}/forgot-password`,
    });
    return { cookies };
  });
}

function refuseWeak(person: Person, password: string, oldPassword: string): void {
  const problem = password === oldPassword ? 'Choose one that you do not have already.' : passwordProblem(password, person);
  if (problem) throw new AppError('invalid', 'Something here needs another look.', { fields: { password: problem } });
}
