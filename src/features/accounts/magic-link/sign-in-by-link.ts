import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { type Auth, dangerouslyAsSystem, inAuthTransaction, auth as ourAuth, signInLinkIdentifier } from '../auth.server.ts';
import { countAttempt } from '../limits.ts';
import { holdAddress, personByEmail } from '../person-by-email.ts';
import { explainNoEntry } from '../refusals.ts';
import { secondStepNeeded } from '../second-factor/second-step-needed.ts';
import { replaceSession } from '../sessions/replace-session.ts';
import { type Client, cookiesOf, headersOf, type SessionCookie } from '../sessions/session-cookies.ts';
import { giveToOwner } from '../sign-up/give-to-owner.ts';

/** Whether a mailed link still signs its owner in. */
export async function isSignInLinkOpen(ctx: Context, input: { token: string }): Promise<boolean> {
  return (await addressOf(dangerouslyAsSystem(ctx), ourAuth(), input.token)) !== undefined;
}

const proofOf = z.object({ email: z.string() });

export type SignedInByLink = { kind: 'signed-in' | 'second-step'; cookies: SessionCookie[] } | { kind: 'expired' };

/** Signs the owner of a mailed link in, once. Since it came by mail, their address is confirmed by it. */
export async function signInByLink(ctx: Context, input: { token: string; client: Client }): Promise<SignedInByLink> {
  await countAttempt('useLink', input.client);
  try {
    const answer = await inAuthTransaction(ctx, (ctx, auth) => enter(ctx, auth, input));
    if (answer.kind === 'expired') return answer;
    return { ...answer, cookies: await replaceSession(ctx, input.client, answer.cookies) };
  } catch (error) {
    throw explainNoEntry(error);
  }
}

async function enter(ctx: Context, auth: Auth, { token, client }: { token: string; client: Client }): Promise<SignedInByLink> {
  const email = await addressOf(ctx, auth, token);
  if (!email) return { kind: 'expired' };
  await holdAddress(ctx, email);
  const person = await personByEmail(ctx, email);
  // The same link may have been used a moment earlier in another window.
  if (!person || !(await addressOf(ctx, auth, token))) return { kind: 'expired' };
  // Done before better-auth would: it marks the work by a row whose id our tables refuse.
  if (!person.emailVerified) await giveToOwner(ctx, person.id);
  const { headers } = await auth.api.magicLinkVerify({ query: { token }, headers: headersOf(client), returnHeaders: true });
  const cookies = cookiesOf(headers);
  return { kind: secondStepNeeded(cookies) ? 'second-step' : 'signed-in', cookies };
}

async function addressOf(ctx: Context, auth: Auth, token: string): Promise<string | undefined> {
  const { internalAdapter } = await auth.$context;
  const proof = await internalAdapter.findVerificationValue(signInLinkIdentifier(token));
  if (!proof || proof.expiresAt <= ctx.now) return undefined;
  return proofOf.parse(JSON.parse(proof.value)).email;
}
