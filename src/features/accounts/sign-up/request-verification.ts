import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { parseInput } from '#platform/input.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { emailField } from '../fields.ts';
import { countAttempt } from '../limits.ts';
import { personByEmail } from '../person-by-email.ts';
import type { Client } from '../sessions/session-cookies.ts';
import { mailVerificationLink } from './verification-link.ts';

const payload = z.object({ email: z.string(), next: z.string().optional() });

/** Looks the address up and mails, apart from the request that asked: its answer cannot tell by its time whether anybody was found. */
export const mailVerificationJob = defineJob<z.infer<typeof payload>>({
  name: 'accounts.mailVerification',
  schema: payload,
  handler: (ctx, { email, next }) =>
    inTransaction(ctx, async (ctx) => {
      const person = await personByEmail(ctx, email);
      if (person && !person.emailVerified) await mailVerificationLink(ctx, person, next);
    }),
});

/** Has the link that confirms an address mailed again, if the address waits for one. */
export async function requestVerification(ctx: Context, input: { email: string; next?: string; client: Client }): Promise<void> {
  const { email } = parseInput(z.object({ email: emailField }), input);
  await countAttempt('mailLink', input.client, email);
  await enqueue(ctx, mailVerificationJob, { email, next: input.next });
}
