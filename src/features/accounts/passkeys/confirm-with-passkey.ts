import { type Context, requirePerson } from '#platform/context.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { countAttempt } from '../limits.ts';
import { explainNoEntry } from '../refusals.ts';
import { replaceOwnSession } from '../sessions/renew-session.ts';
import { type Client, cookiesOf, type SessionCookie } from '../sessions/session-cookies.ts';
import { ceremonyHeaders, judge, parseUsed, passkeyRefused } from './ceremony.ts';

/** What the browser needs to ask for one of the actor's own passkeys, and the cookie of the challenge. */
export async function beginPasskeyConfirmation(
  ctx: Context,
  input: { client: Client },
): Promise<{ options: object; cookies: SessionCookie[] }> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  await countAttempt('passkey', input.client, person.email);
  return inAuthTransaction(ctx, async (_, auth) => {
    const headers = ceremonyHeaders(input.client, ['session_token']);
    const made = await auth.api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true });
    return { options: { ...made.response, userVerification: 'required' }, cookies: cookiesOf(made.headers) };
  });
}

/** Proves anew who the actor is: a new session takes the place of theirs. Another person's passkey proves nothing. */
export async function confirmWithPasskey(ctx: Context, input: { credential: unknown; client: Client }): Promise<SessionCookie[]> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const response = parseUsed(input.credential);
  const headers = ceremonyHeaders(input.client, ['passkey_challenge']);
  try {
    return await judge(ctx, async (ctx, auth) => {
      const own = await ctx.db.prisma.passkey.count({ where: { credentialID: response.id, userId: person.id } });
      if (own === 0) throw passkeyRefused();
      const { session } = await auth.api.verifyPasskeyAuthentication({ body: { response }, headers });
      // It begins a session as if nobody were signed in; theirs is renewed instead, remembered or not as it was.
      await ctx.db.prisma.session.delete({ where: { id: session.id } });
      return replaceOwnSession(ctx, auth, person, input.client);
    });
  } catch (error) {
    throw explainNoEntry(error);
  }
}
