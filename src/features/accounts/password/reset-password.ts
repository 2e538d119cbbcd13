import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type Auth, dangerouslyAsSystem, inAuthTransaction, auth as ourAuth } from '../auth.server.ts';
import { spendLinks } from '../email/spend-links.ts';
import { passwordChangedMail } from '../emails/password-changed.ts';
import { newPasswordField } from '../fields.ts';
import { countAttempt } from '../limits.ts';
import { refusalCode } from '../refusals.ts';
import type { Client } from '../sessions/session-cookies.ts';
import { passwordProblem } from './password.ts';

const schema = z.object({ password: newPasswordField });

/** Whether a mailed link still lets its owner choose a password. */
export async function isResetLinkOpen(ctx: Context, input: { token: string }): Promise<boolean> {
  return (await ownerOf(dangerouslyAsSystem(ctx), ourAuth(), input.token)) !== undefined;
}

export type PasswordReset = { kind: 'changed' } | { kind: 'expired' };

/**
 * Gives the owner of a mailed link the password they chose, once. Every session of theirs ends, and since the link came by mail, their
 * address is confirmed by it.
 */
export async function resetPassword(ctx: Context, input: { token: string; password: string; client: Client }): Promise<PasswordReset> {
  const { password } = parseInput(schema, input);
  await countAttempt('useLink', input.client);
  try {
    return await inAuthTransaction(ctx, async (ctx, auth) => {
      const owner = await ownerOf(ctx, auth, input.token);
      if (!owner) return { kind: 'expired' };
      const problem = passwordProblem(password, owner);
      if (problem) throw new AppError('invalid', 'Something here needs another look.', { fields: { password: problem } });
      await auth.api.resetPassword({ body: { newPassword: password, token: input.token } });
      await ctx.db.prisma.user.update({ where: { id: owner.id }, data: { emailVerified: true } });
      await spendLinks(ctx, owner);
      await sendMail(ctx, passwordChangedMail, owner.email, {
        name: owner.name,
        signedOut: 'everywhere',
        forgotPasswordUrl: `${runtime().config.origin}/forgot-password`,
      });
      return { kind: 'changed' };
    });
  } catch (error) {
    // The same link, used a moment earlier in another window.
    if (refusalCode(error) === 'INVALID_TOKEN') return { kind: 'expired' };
    throw error;
  }
}

async function ownerOf(ctx: Context, auth: Auth, token: string): Promise<{ id: string; name: string; email: string } | undefined> {
  const { internalAdapter } = await auth.$context;
  const proof = await internalAdapter.findVerificationValue(`reset-password:${token}`);
  if (!proof || proof.expiresAt <= ctx.now) return undefined;
  const owner = await ctx.db.prisma.user.findFirst({
    where: { id: proof.value, deletedAt: null },
    select: { id: true, name: true, email: true },
  });
  return owner ?? undefined;
}
