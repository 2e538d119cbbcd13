import { authorizationCodeRequest } from 'better-auth/oauth2';
import { z } from 'zod';
import type { ProviderSettings } from '#platform/sign-in-settings.server.ts';
import { type Challenge, ProviderProblem } from './provider.ts';

const patienceMs = 10_000;

/** Asks a provider for JSON of a shape. Follows no redirect: what is sent is for this address alone. */
export async function askProvider<Output>(schema: z.ZodType<Output, unknown>, url: string, init: RequestInit = {}): Promise<Output> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
    const body: unknown = await response.json();
    if (response.ok) return schema.parse(body);
    throw new ProviderProblem(`${url} answered ${response.status}${errorIn(body)}`);
  } catch (error) {
    throw error instanceof ProviderProblem ? error : new ProviderProblem(`${url} does not answer as it should`, { cause: error });
  }
}

const tokens = z.object({ access_token: z.string().optional(), id_token: z.string().optional(), error: z.string().optional() });

export type Tokens = z.infer<typeof tokens>;

/** Exchanges a code for tokens, which live as long as this request and are kept nowhere. */
export async function exchangeCode(
  tokenEndpoint: string,
  { clientId, clientSecret }: ProviderSettings,
  { codeVerifier, redirectUri }: Challenge,
  code: string,
  method: 'client_secret_basic' | 'client_secret_post',
): Promise<Tokens> {
  const { body, headers } = await authorizationCodeRequest({
    code,
    codeVerifier,
    redirectURI: redirectUri,
    options: { clientId, clientSecret },
    tokenEndpoint,
    tokenEndpointAuth: { method },
  });
  const given = await askProvider(tokens, tokenEndpoint, { method: 'POST', body, headers: headers as Record<string, string> });
  // GitHub refuses with 200.
  if (given.error) throw new ProviderProblem(`${tokenEndpoint} refused the code: ${given.error.slice(0, 100)}`);
  return given;
}

function errorIn(body: unknown): string {
  const { data } = z.object({ error: z.string() }).safeParse(body);
  return data ? `: ${data.error.slice(0, 100)}` : '';
}
