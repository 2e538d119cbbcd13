import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCookies } from 'better-auth/cookies';
import { runtime } from '#platform/runtime.server.ts';
import { auth, authSecret } from '../auth.server.ts';
import type { SessionCookie } from '../sessions/session-cookies.ts';
import { impersonationSeconds } from './policy.ts';

/** A session as a browser's cookies hold it. */
export interface HeldSession {
  token: string;
  /** Whether it outlives the browser's window. */
  remembered: boolean;
}

/** Browsers keep no cookie longer than 400 days; the session's row decides how long it lives. */
export const rememberedCookieSeconds = 400 * 86_400;

/** The cookies of a session that begins or comes back, as better-auth would set them. */
export async function sessionCookies(session: HeldSession, maxAge?: number): Promise<SessionCookie[]> {
  const { sessionToken, dontRememberToken } = (await auth().$context).authCookies;
  const dontRemember = session.remembered ? cookie(dontRememberToken.name, '', 0) : cookie(dontRememberToken.name, signed('true'), maxAge);
  return [cookie(sessionToken.name, signed(session.token), maxAge), dontRemember];
}

/** The cookies that make the browser forget its session. */
export async function endedCookies(): Promise<SessionCookie[]> {
  const { sessionToken, dontRememberToken } = (await auth().$context).authCookies;
  return [cookie(sessionToken.name, '', 0), cookie(dontRememberToken.name, '', 0)];
}

/** The cookie in which an admin's own session waits while they act as somebody else. It lasts as long as that may, so that none is left behind. */
export async function keptCookie(session: HeldSession): Promise<SessionCookie> {
  return cookie(await keptName(), signed(`${session.remembered ? 'remembered' : 'passing'}:${session.token}`), impersonationSeconds);
}

/** Makes the browser forget the session that waits. */
export async function forgottenCookie(): Promise<SessionCookie> {
  return cookie(await keptName(), '', 0);
}

/** The session that waits in a request's cookies, when the signature is ours. */
export async function keptSessionOf(cookieHeader: string): Promise<HeldSession | undefined> {
  const [kind, token] = unsigned(parseCookies(cookieHeader).get(await keptName()))?.split(':') ?? [];
  return token ? { token, remembered: kind === 'remembered' } : undefined;
}

async function keptName(): Promise<string> {
  return (await auth().$context).createAuthCookie('kept_session').name;
}

function cookie(name: string, value: string, maxAge: number | undefined): SessionCookie {
  const secure = runtime().config.origin.startsWith('https:');
  return { name, value, options: { path: '/', httpOnly: true, secure, sameSite: 'lax', maxAge } };
}

/** As better-auth signs a cookie, with the same key. */
function signed(value: string): string {
  return `${value}.${signatureOf(value)}`;
}

function unsigned(text: string | undefined): string | undefined {
  const end = text?.lastIndexOf('.') ?? -1;
  if (!text || end < 1) return undefined;
  const [value, given] = [text.slice(0, end), Buffer.from(text.slice(end + 1))];
  const expected = Buffer.from(signatureOf(value));
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : undefined;
}

function signatureOf(value: string): string {
  return createHmac('sha256', authSecret(runtime().config)).update(value).digest('base64');
}
