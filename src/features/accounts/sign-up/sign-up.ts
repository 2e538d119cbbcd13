import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { accountExistsMail } from '../emails/account-exists.ts';
import { emailField, nameField, newPasswordField, refuseOwnName } from '../fields.ts';
import { countAttempt } from '../limits.ts';
import { writePassword } from '../password/write-password.ts';
import { holdAddress, type KnownPerson, personByEmail } from '../person-by-email.ts';
import type { Client } from '../sessions/session-cookies.ts';
import { mailVerificationLink } from './verification-link.ts';

const schema = z.object({ name: nameField, email: emailField, password: newPasswordField }).superRefine(refuseOwnName);

export interface SignUp {
  name: string;
  email: string;
  password: string;
  /** Path to go on to once the address is confirmed. */
  next?: string;
  client: Client;
}

/**
 * Makes an account that waits for its address to be confirmed by mail. The answer is the same whether or not the address has an account:
 * its owner learns it from the mail. A sign-up that was never confirmed gives way to the next one with the same address.
 */
export async function signUp(ctx: Context, input: SignUp): Promise<void> {
  const { name, email, password } = parseInput(schema, input);
  await countAttempt('signUp', input.client, email);
  await inAuthTransaction(ctx, async (ctx, auth) => {
    await holdAddress(ctx, email);
    const known = await personByEmail(ctx, email);
    if (known?.emailVerified) return remindOfAccount(ctx, known, password);
    if (known) await replaceSignUp(ctx, known, name, password);
    else await auth.api.signUpEmail({ body: { name, email, password } });
    const person = await personByEmail(ctx, email);
    if (!person) throw new Error('The person who just signed up is not there');
    await mailVerificationLink(ctx, person, input.next);
  });
}

async function remindOfAccount(ctx: Context, person: KnownPerson, password: string): Promise<void> {
  // Takes the time that a new account would take.
  await hashPassword(password);
  const { origin } = runtime().config;
  const urls = { signInUrl: `${origin}/sign-in`, forgotPasswordUrl: `${origin}/forgot-password` };
  await sendMail(ctx, accountExistsMail, person.email, { userId: person.id, name: person.name, ...urls });
}

async function replaceSignUp(ctx: Context, person: KnownPerson, name: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await ctx.db.prisma.user.update({ where: { id: person.id }, data: { name } });
  await writePassword(ctx, person.id, hash);
}
