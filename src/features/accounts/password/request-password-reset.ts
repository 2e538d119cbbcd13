import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { parseInput } from '#platform/input.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { resetPasswordMail } from '../emails/reset-password.ts';
import { emailField } from '../fields.ts';
import { countAttempt } from '../limits.ts';
import { personByEmail } from '../person-by-email.ts';
import type { Client } from '../sessions/session-cookies.ts';

const payload = z.object({ email: z.string() });

/** Looks the address up and mails, apart from the request that asked: its answer cannot tell by its time whether anybody was found. */
export const mailPasswordResetJob = defineJob<z.infer<typeof payload>>({
  name: 'accounts.mailPasswordReset',
  schema: payload,
  handler: (ctx, { email }) =>
    inAuthTransaction(ctx, async (ctx, auth, call) => {
      const person = await personByEmail(ctx, email);
      if (!person) return;
      await auth.api.requestPasswordReset({ body: { email } });
      if (!call.resetToken) throw new Error('better-auth made no reset token');
      const url = new URL('/reset-password', runtime().config.origin);
      url.searchParams.set('token', call.resetToken);
      await sendMail(ctx, resetPasswordMail, person.email, { userId: person.id, name: person.name, url: url.href });
    }),
});

/** Has a link mailed by which the owner of an address chooses a new password, if the address has an account. */
export async function requestPasswordReset(ctx: Context, input: { email: string; client: Client }): Promise<void> {
  const { email } = parseInput(z.object({ email: emailField }), input);
  await countAttempt('mailLink', input.client, email);
  await enqueue(ctx, mailPasswordResetJob, { email });
}
