import type { Context } from '#platform/context.ts';
import { requirePerson } from '#platform/context.ts';
import { AppError, messageOf } from '#platform/errors.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { countAttempt } from '../limits.ts';
import { requireFreshProof } from '../sessions/fresh-proof.ts';
import { type Client, cookiesOf, headersOf, type SessionCookie } from '../sessions/session-cookies.ts';
import type { Errand } from './challenge-plugin.ts';
import { ProviderProblem } from './provider.ts';
import { callbackUrl, providerOf } from './providers.ts';

/** Where to send the browser, and the cookie by which its return is known. */
export interface Departure {
  providerName: string;
  url: string;
  cookies: SessionCookie[];
}

/** Sends someone to a provider to sign in, or to sign up. `next`: a path of the school to go on to. */
export async function startExternalSignIn(ctx: Context, input: { provider: string; next?: string; client: Client }): Promise<Departure> {
  return depart(ctx, { purpose: 'sign-in', providerId: input.provider, next: input.next }, input.client);
}

/** Sends a person to a provider to connect their identity there with their account here. */
export async function startConnecting(ctx: Context, input: { provider: string; client: Client }): Promise<Departure> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  requireFreshProof(ctx);
  return depart(ctx, { purpose: 'connect', providerId: input.provider, personId: person.id }, input.client);
}

/** As long as the question itself: logging in at a provider may take a while, with a second factor of its own. */
const lasting = (cookie: SessionCookie): SessionCookie => ({ ...cookie, options: { ...cookie.options, maxAge: 600 } });

async function depart(ctx: Context, errand: Errand, client: Client): Promise<Departure> {
  const provider = providerOf(errand.providerId);
  await countAttempt('external', client);
  const { response: challenge, headers } = await inAuthTransaction(ctx, (_ctx, auth) =>
    auth.api.openChallenge({ body: errand, headers: headersOf(client), returnHeaders: true }),
  );
  try {
    const url = await provider.authorizationUrl({ ...challenge, redirectUri: callbackUrl(provider.id) }, ctx.now);
    return { providerName: provider.name, url: url.href, cookies: cookiesOf(headers).map(lasting) };
  } catch (error) {
    if (!(error instanceof ProviderProblem)) throw error;
    ctx.log.warn({ provider: provider.id, err: error }, messageOf(error));
    throw new AppError('unavailable', `${provider.name} does not answer. Try again in a moment, or sign in another way.`, { cause: error });
  }
}
