import { createHash } from 'node:crypto';
import { createEmailVerificationToken } from 'better-auth/api';
import { verifyJWT } from 'better-auth/crypto';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { authSecret, linkSeconds } from '../auth.server.ts';
import { verifyEmailMail } from '../emails/verify-email.ts';
import type { KnownPerson } from '../person-by-email.ts';

/**
 * The mark of one sign-up. A link confirms only the password that it was sent for: whoever signs up with another's address cannot wait
 * for the owner to confirm it, because the owner's own sign-up replaces the password and spends every link before.
 */
function markOf(person: Pick<KnownPerson, 'id' | 'passwordHash'>): string {
  return createHash('sha256').update(`${person.id} ${person.passwordHash}`).digest('base64url');
}

/** Mails the link that confirms an address, once the transaction commits. */
export async function mailVerificationLink(ctx: Context, person: KnownPerson, next?: string): Promise<void> {
  const { config } = runtime();
  const token = await createEmailVerificationToken(authSecret(config), person.email, undefined, linkSeconds.verify, {
    mark: markOf(person),
  });
  const url = new URL('/verify-email', config.origin);
  url.searchParams.set('token', token);
  if (next) url.searchParams.set('next', next);
  await sendMail(ctx, verifyEmailMail, person.email, { userId: person.id, name: person.name, url: url.href });
}

/** The address that a link is for, when it is ours and still in time. */
export async function addressOfLink(token: string): Promise<string | undefined> {
  const claims = await verifyJWT<{ email?: string }>(token, authSecret(runtime().config));
  return claims?.email;
}

/** Whether a link was sent for the person's sign-up as it stands now. */
export async function isLinkOf(person: KnownPerson, token: string): Promise<boolean> {
  const claims = await verifyJWT<{ mark?: string }>(token, authSecret(runtime().config));
  return claims?.mark === markOf(person);
}
