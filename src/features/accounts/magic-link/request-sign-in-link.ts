import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { parseInput } from '#platform/input.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { signInLinkMail } from '../emails/sign-in-link.ts';
import { emailField } from '../fields.ts';
import { countAttempt } from '../limits.ts';
import { personByEmail } from '../person-by-email.ts';
import type { Client } from '../sessions/session-cookies.ts';

const payload = z.object({ email: z.string(), next: z.string().optional() });

/** Looks the address up and mails, apart from the request that asked: its answer cannot tell by its time whether anybody was found. */
export const mailSignInLinkJob = defineJob<z.infer<typeof payload>>({
  name: 'accounts.mailSignInLink',
  schema: payload,
  handler: (ctx, { email, next }) =>
    inAuthTransaction(ctx, async (ctx, auth, call) => {
      const person = await personByEmail(ctx, email);
      if (!person) return;
      await auth.api.signInMagicLink({ body: { email }, headers: new Headers() });
      if (!call.signInToken) throw new Error('better-auth made no token');
      const url = new URL('/magic-link/open', runtime().config.origin);
      url.searchParams.set('token', call.signInToken);
      if (next) url.searchParams.set('next', next);
      await sendMail(ctx, signInLinkMail, person.email, { userId: person.id, name: person.name, url: url.href });
    }),
});

export interface SignInLinkRequest {
  email: string;
  /** Path to go on to. */
  next?: string;
  client: Client;
}

/** Has a link mailed by which the owner of an address signs in, if the address has an account. */
export async function requestSignInLink(ctx: Context, input: SignInLinkRequest): Promise<void> {
  const { email } = parseInput(z.object({ email: emailField }), input);
  await countAttempt('signInLink', input.client, email);
  await enqueue(ctx, mailSignInLinkJob, { email, next: input.next });
}
