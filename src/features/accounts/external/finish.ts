import { isAPIError } from 'better-auth/api';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { messageOf } from '#platform/errors.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { countAttempt } from '../limits.ts';
import { noEntryOf } from '../refusals.ts';
import { onlyCookies } from '../second-factor/only-cookies.ts';
import { replaceSession } from '../sessions/replace-session.ts';
import { type Client, cookiesOf, headersOf, type SessionCookie } from '../sessions/session-cookies.ts';
import { type Admitted, admit } from './admit.ts';
import type { Errand } from './challenge-plugin.ts';
import { type Answer, type Challenge, type Identity, type Provider, ProviderProblem } from './provider.ts';
import { callbackUrl, providerOf } from './providers.ts';

export interface ExternalAnswer {
  provider: string;
  answer: Answer;
  /** With its cookies: among them is the one that it was sent away with. */
  client: Client;
}

/** What came of it. Every kind has cookies to set; a refusal says why and what it was for. */
export type Arrived = Admitted & { cookies: SessionCookie[]; next?: string };

/** Receives someone who comes back from a provider: signs them in, signs them up, or connects the identity to the account that asked. */
export async function finishExternal(ctx: Context, input: ExternalAnswer): Promise<Arrived> {
  const provider = providerOf(input.provider);
  await countAttempt('external', input.client);
  const spent = await spendChallenge(ctx, provider, input);
  if (!spent) return { kind: 'refused', purpose: 'sign-in', reason: 'expired', cookies: [] };
  const { errand, challenge, cookies } = spent;
  const { purpose, next } = errand;
  const identity = await identify(ctx, provider, challenge, input.answer);
  if (typeof identity === 'string') return { kind: 'refused', purpose, reason: identity, cookies, next };
  try {
    const admitted = await inAuthTransaction(ctx, (system, auth) =>
      admit({ ...input, asked: ctx, system, auth, provider, errand }, identity),
    );
    const begun = admitted.cookies.length > 0 ? await replaceSession(ctx, input.client, admitted.cookies) : [];
    return { ...admitted, cookies: [...cookies, ...begun], next };
  } catch (error) {
    const reason = noEntryOf(error);
    if (!reason) throw error;
    return { kind: 'refused', purpose, reason, cookies, next };
  }
}

interface Spent {
  errand: Errand;
  challenge: Challenge;
  cookies: SessionCookie[];
}

const lockChallenge = statement<unknown, [string]>("select pg_advisory_xact_lock(hashtextextended('challenge ' || $1, 0))");

/** Takes the question that the answer belongs to, for good, before anybody outside is asked: one answer counts once, in one browser. */
async function spendChallenge(ctx: Context, provider: Provider, { answer, ...input }: ExternalAnswer): Promise<Spent | undefined> {
  const { state } = answer;
  if (!state) return undefined;
  const headers = headersOf(input.client);
  headers.set('cookie', onlyCookies(input.client.cookieHeader ?? '', ['state']));
  try {
    const { response, headers: answered } = await inAuthTransaction(ctx, async (ctx, auth) => {
      await ctx.db.sql(lockChallenge, state);
      return auth.api.spendChallenge({ query: { state }, headers, returnHeaders: true });
    });
    const { errand, ...secrets } = response;
    if (errand.providerId !== provider.id) return undefined;
    return { errand, challenge: { ...secrets, state, redirectUri: callbackUrl(provider.id) }, cookies: cookiesOf(answered) };
  } catch (error) {
    // better-auth's way to say that the state is unknown, spent, too old, or another browser's.
    if (isAPIError(error) && error.status === 'FOUND') return undefined;
    throw error;
  }
}

/** Who came, or why nobody did. */
async function identify(ctx: Context, provider: Provider, challenge: Challenge, answer: Answer): Promise<Identity | 'canceled' | 'failed'> {
  try {
    if (answer.error === 'access_denied') return 'canceled';
    if (!answer.code) throw new ProviderProblem(`${provider.name} sent no code: ${answer.error?.slice(0, 100) ?? 'nothing'}`);
    return await provider.identify(challenge, { ...answer, code: answer.code }, ctx.now);
  } catch (error) {
    if (!(error instanceof ProviderProblem)) throw error;
    ctx.log.warn({ provider: provider.id, err: error }, messageOf(error));
    return 'failed';
  }
}
