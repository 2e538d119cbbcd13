import { createAuthorizationURL } from 'better-auth/oauth2';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { messageOf } from '#platform/errors.ts';
import type { ProviderSettings } from '#platform/sign-in-settings.server.ts';
import { askProvider, exchangeCode, type Tokens } from './ask-provider.ts';
import { addressOf, nameOf } from './identity-fields.ts';
import { type Answer, type Challenge, type Identity, type Provider, ProviderProblem } from './provider.ts';

const discovery = z.object({
  issuer: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});

const claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().nullish(),
  // Some send it as a word.
  email_verified: z.union([z.boolean(), z.literal('true').transform(() => true), z.literal('false').transform(() => false)]).nullish(),
  name: z.string().nullish(),
  preferred_username: z.string().nullish(),
});

/** What an issuer says of itself. */
export type Discovery = z.input<typeof discovery>;

type Claims = z.infer<typeof claims>;

interface Metadata extends z.infer<typeof discovery> {
  keys: ReturnType<typeof createRemoteJWKSet>;
  knownUntil: number;
}

/** What issuers said of themselves, for an hour. A failure is not remembered: the next sign-in asks again. */
const known = new Map<string, Metadata>();

/**
 * A provider of OpenID Connect: asked with PKCE, state and nonce, believed by its signature alone. It says of itself where it is asked, unless
 * that is known for good.
 */
export function openIdProvider(
  { id, realm, name }: Pick<Provider, 'id' | 'realm' | 'name'>,
  settings: ProviderSettings & { issuer: string | Discovery },
): Provider {
  return {
    id,
    realm,
    name,
    async authorizationUrl({ state, codeVerifier, nonce, redirectUri }, now) {
      const { authorization_endpoint } = await metadataOf(settings.issuer, now);
      return createAuthorizationURL({
        id,
        options: { clientId: settings.clientId },
        authorizationEndpoint: authorization_endpoint,
        redirectURI: redirectUri,
        scopes: ['openid', 'email', 'profile'],
        state,
        codeVerifier,
        nonce,
      });
    },
    async identify(challenge, answer, now) {
      const metadata = await metadataOf(settings.issuer, now);
      refuseMixUp(metadata, answer);
      const supported = metadata.token_endpoint_auth_methods_supported;
      const method = supported.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post';
      const tokens = await exchangeCode(metadata.token_endpoint, settings, challenge, answer.code, method);
      const proven = await provenClaims(metadata, settings.clientId, challenge, tokens);
      return identityOf(realm, proven.email ? proven : { ...proven, ...(await userInfo(metadata, tokens, proven.sub)) });
    },
  };
}

async function metadataOf(settled: string | Discovery, now: Date): Promise<Metadata> {
  const issuer = typeof settled === 'string' ? settled : settled.issuer;
  const remembered = known.get(issuer);
  if (remembered && remembered.knownUntil > now.getTime()) return remembered;
  const found = typeof settled === 'string' ? await discover(settled) : discovery.parse(settled);
  const keys = createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: 10_000 });
  const metadata = { ...found, keys, knownUntil: now.getTime() + 3_600_000 };
  known.set(issuer, metadata);
  return metadata;
}

async function discover(issuer: string): Promise<z.output<typeof discovery>> {
  const found = await askProvider(discovery, `${withoutSlash(issuer)}/.well-known/openid-configuration`);
  if (withoutSlash(found.issuer) !== withoutSlash(issuer)) throw new ProviderProblem(`${issuer} calls itself ${found.issuer}`);
  return found;
}

/** An answer that names another issuer belongs to another provider's question (RFC 9207). */
function refuseMixUp(metadata: Metadata, { iss }: Answer): void {
  if (iss === undefined ? metadata.authorization_response_iss_parameter_supported : iss !== metadata.issuer)
    throw new ProviderProblem(`The answer is not from ${metadata.issuer}`);
}

async function provenClaims(metadata: Metadata, clientId: string, { nonce }: Challenge, tokens: Tokens): Promise<Claims> {
  if (!tokens.id_token) throw new ProviderProblem(`${metadata.issuer} sent no ID token`);
  const payload = await verifiedPayload(metadata, clientId, tokens.id_token);
  if (payload.nonce !== nonce) throw new ProviderProblem(`The ID token of ${metadata.issuer} answers another question`);
  if (payload.azp !== undefined && payload.azp !== clientId) throw new ProviderProblem(`The ID token of ${metadata.issuer} is for another`);
  return claimsIn(metadata, payload);
}

async function verifiedPayload({ issuer, keys, ...metadata }: Metadata, audience: string, idToken: string): Promise<JWTPayload> {
  // Signatures by a shared secret, and none at all, prove nothing that a client could not have made up.
  const algorithms = metadata.id_token_signing_alg_values_supported.filter((name) => /^(RS|PS|ES)\d{3}$|^Ed/.test(name));
  try {
    const options = { issuer, audience, algorithms, clockTolerance: 30, requiredClaims: ['sub', 'iat', 'exp'] };
    return (await jwtVerify(idToken, keys, options)).payload;
  } catch (error) {
    throw new ProviderProblem(`The ID token of ${issuer} does not hold: ${messageOf(error)}`, { cause: error });
  }
}

/** Some keep the address out of the ID token. What is asked for beside it must be about the same person. */
async function userInfo(metadata: Metadata, tokens: Tokens, sub: string): Promise<Claims | undefined> {
  if (!metadata.userinfo_endpoint || !tokens.access_token) return undefined;
  const headers = { authorization: `Bearer ${tokens.access_token}`, accept: 'application/json' };
  const info = await askProvider(claims, metadata.userinfo_endpoint, { headers });
  if (info.sub !== sub) throw new ProviderProblem(`${metadata.issuer} told of somebody else`);
  return info;
}

function claimsIn({ issuer }: Metadata, payload: JWTPayload): Claims {
  const { success, data } = claims.safeParse(payload);
  if (!success) throw new ProviderProblem(`The ID token of ${issuer} has claims of another form`);
  return data;
}

function identityOf(providerId: string, { sub, name, preferred_username, ...given }: Claims): Identity {
  const email = addressOf(given.email);
  return {
    providerId,
    accountId: sub,
    email,
    emailVerified: email !== undefined && given.email_verified === true,
    name: nameOf(name, preferred_username, email?.split('@')[0]),
    label: email ?? preferred_username?.slice(0, 254) ?? undefined,
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}
