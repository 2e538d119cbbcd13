import { createPublicKey, type KeyObject } from 'node:crypto';
import { parseCookies } from 'better-auth/cookies';
import { jwtVerify } from 'jose';
import type { Config } from '#platform/config.server.ts';

let known: { pem: string; key: KeyObject } | undefined;

/**
 * The identity that a Clerk session token speaks for, or undefined where there is none that holds. Asks nobody: Clerk's public key is a
 * setting. The token comes as a bearer, or as the cookie that Clerk's own scripts set; forms that come with the cookie from another origin
 * are refused like all such forms.
 */
export async function clerkIdentityOf(headers: Headers, { origin, signIn }: Config, now: Date): Promise<string | undefined> {
  const { clerkTokens } = signIn;
  const token = clerkTokens && tokenOf(headers);
  if (!clerkTokens || !token) return undefined;
  if (known?.pem !== clerkTokens.key) known = { pem: clerkTokens.key, key: createPublicKey(clerkTokens.key) };
  try {
    const { payload } = await jwtVerify(token, known.key, {
      algorithms: ['RS256'],
      issuer: clerkTokens.issuer,
      currentDate: now,
      clockTolerance: 5,
      requiredClaims: ['sub', 'exp', 'nbf', 'iat'],
    });
    // Made for another site of the same Clerk, or for someone who has not yet done all that Clerk asks.
    if ((payload.azp !== undefined && payload.azp !== origin) || payload.sts === 'pending') return undefined;
    return payload.sub;
  } catch {
    // A token that does not hold is no token: its bearer is a guest.
    return undefined;
  }
}

/** A JSON web token has three parts; an API key, which may come as a bearer too, has not. */
const tokenForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

function tokenOf(headers: Headers): string | undefined {
  const [, bearer] = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  const token = bearer ?? parseCookies(headers.get('cookie') ?? '').get('__session');
  return token && tokenForm.test(token) ? token : undefined;
}
