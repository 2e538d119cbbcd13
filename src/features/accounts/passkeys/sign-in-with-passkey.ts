import { makeSignature } from 'better-auth/crypto';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type Auth, auth, authSecret } from '../auth.server.ts';
import { countAttempt } from '../limits.ts';
import { explainNoEntry } from '../refusals.ts';
import { replaceSession } from '../sessions/replace-session.ts';
import { type Client, cookiesOf, type SessionCookie } from '../sessions/session-cookies.ts';
import { ceremonyHeaders, judge, parseUsed } from './ceremony.ts';

/**
 * What the browser needs to offer its passkeys for this school, and the cookie of the challenge. It is the same for everybody: it names no
 * person and no passkey, so that nobody learns from it who has one.
 */
export async function beginPasskeySignIn(_ctx: Context, input: { client: Client }): Promise<{ options: object; cookies: SessionCookie[] }> {
  await countAttempt('passkeyChallenge', input.client);
  const headers = ceremonyHeaders(input.client, []);
  const made = await auth().api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true });
  return { options: { ...made.response, userVerification: 'required' }, cookies: cookiesOf(made.headers) };
}

export interface PasskeySignIn {
  /** The browser's answer to the challenge. */
  credential: unknown;
  /** Whether the session outlives the browser's window. */
  remember: boolean;
  client: Client;
}

/** As with a password: who is not remembered is signed in for a day at most. */
const shorten = statement<unknown, [token: string]>(
  "update sessions set expires_at = least(expires_at, created_at + interval '1 day') where token = $1",
);

/** Begins the session of whoever holds the passkey, and ends the one that the browser had. It proves two factors, so no second step follows. */
export async function signInWithPasskey(ctx: Context, input: PasskeySignIn): Promise<SessionCookie[]> {
  await countAttempt('passkey', input.client);
  const response = parseUsed(input.credential);
  const headers = ceremonyHeaders(input.client, ['passkey_challenge']);
  try {
    const cookies = await judge(ctx, async (ctx, auth) => {
      if (!input.remember) headers.set('cookie', `${headers.get('cookie')}; ${await dontRemember(auth)}`);
      const answer = await auth.api.verifyPasskeyAuthentication({ body: { response }, headers, returnHeaders: true });
      if (!input.remember) await ctx.db.sql(shorten, answer.response.session.token);
      return cookiesOf(answer.headers);
    });
    return await replaceSession(ctx, input.client, cookies);
  } catch (error) {
    throw explainNoEntry(error);
  }
}

/** The cookie by which better-auth knows a browser that is not to be remembered. */
async function dontRemember(auth: Auth): Promise<string> {
  const { authCookies } = await auth.$context;
  const seal = await makeSignature('true', authSecret(runtime().config));
  return `${authCookies.dontRememberToken.name}=${encodeURIComponent(`true.${seal}`)}`;
}
