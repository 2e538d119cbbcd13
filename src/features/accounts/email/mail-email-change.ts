import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { emailChangeAllowMail } from '../emails/email-change-allow.ts';
import { emailChangeProveMail } from '../emails/email-change-prove.ts';
import { emailChangeTakenMail } from '../emails/email-change-taken.ts';
import { personByEmail } from '../person-by-email.ts';
import { holdChange, keepChange, makeLink } from './pending-change.ts';

const payload = z.object({ changeId: z.uuid() });

/** Looks the new address up and mails both, apart from the request that asked: its answer cannot tell by its time whether anybody was found. */
export const mailEmailChangeJob = defineJob<z.infer<typeof payload>>({
  name: 'accounts.mailEmailChange',
  schema: payload,
  handler: (ctx, { changeId }) => inTransaction(ctx, (ctx) => mailBoth(ctx, changeId)),
});

async function mailBoth(ctx: Context, changeId: string): Promise<void> {
  const change = await holdChange(ctx, changeId);
  // Spent meanwhile, or mailed by a run before this one.
  if (!change || change.current.hash) return;
  const { person, to } = change;
  const owner = await personByEmail(ctx, to);
  const [allow, prove] = [makeLink(changeId), makeLink(changeId)];
  // A link to an address that has an account is never mailed, so that nobody can confirm it.
  await keepChange(ctx, changeId, {
    ...change,
    current: { hash: allow.hash, confirmed: false },
    new: { hash: owner ? null : prove.hash, confirmed: false },
  });
  await sendMail(ctx, emailChangeAllowMail, person.email, { changeId, name: person.name, newEmail: to, url: urlOf(allow.token) });
  if (owner) await sendMail(ctx, emailChangeTakenMail, to, { userId: owner.id, name: owner.name });
  else await sendMail(ctx, emailChangeProveMail, to, { changeId, name: person.name, url: urlOf(prove.token) });
}

function urlOf(token: string): string {
  const url = new URL('/confirm-email-change', runtime().config.origin);
  url.searchParams.set('token', token);
  return url.href;
}
