import { networkOf } from '#platform/http/network.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Client } from './sessions/session-cookies.ts';

const minutes = (count: number) => count * 60;

/** How often one may try within so many seconds, from one address and, where there is one, for one account. */
function limit(name: string, perSeconds: number, from: number): { from: RateLimit };
function limit(name: string, perSeconds: number, from: number, account: number): { from: RateLimit; account: RateLimit };
function limit(name: string, perSeconds: number, from: number, account?: number): { from: RateLimit; account?: RateLimit } {
  const counted = (whom: string, attempts: number) => ({ name: `${name}-${whom}`, attempts, perSeconds });
  return { from: counted('from', from), ...(account && { account: counted('account', account) }) };
}

/** Room enough for a classroom behind one address. */
const limits = {
  signIn: limit('sign-in', minutes(15), 60, 10),
  signUp: limit('sign-up', minutes(60), 60, 5),
  mailLink: limit('mail-link', minutes(60), 60, 5),
  signInLink: limit('sign-in-link', minutes(60), 60, 5),
  // Someone signed in who types their password once more.
  ownPassword: limit('own-password', minutes(15), 60, 10),
  username: limit('username', minutes(60), 60, 20),
  external: limit('external', minutes(15), 120),
  firstAdmin: limit('first-admin', minutes(60), 20),
  changeEmail: limit('change-email', minutes(60), 60, 5),
  useLink: limit('use-link', minutes(60), 60),
  // Wrong codes of one account are counted by better-auth too, which then locks its second step.
  secondStep: limit('second-step', minutes(15), 90, 15),
  // The sign-in page asks for a challenge whenever it is opened, so that the browser can offer a passkey of itself.
  passkeyChallenge: limit('passkey-challenge', minutes(15), 300),
  passkey: limit('passkey', minutes(15), 90, 20),
} satisfies Record<string, { from: RateLimit; account?: RateLimit }>;

/** Counts an attempt, or refuses it with `too-many`. The address is asked first, so that one machine cannot lock many accounts. */
export async function countAttempt(kind: keyof typeof limits, client: Pick<Client, 'address'>, account?: string): Promise<void> {
  const { rateLimiter } = runtime();
  const limit: { from: RateLimit; account?: RateLimit } = limits[kind];
  await rateLimiter.attempt(limit.from, networkOf(client.address));
  if (limit.account && account) await rateLimiter.attempt(limit.account, account);
}

/** Takes a password that was right out of the count: only failures add up. */
export async function forgiveAttempt(kind: 'signIn' | 'ownPassword', client: Client, account: string): Promise<void> {
  const { rateLimiter } = runtime();
  await rateLimiter.giveBack(limits[kind].from, networkOf(client.address));
  await rateLimiter.giveBack(limits[kind].account, account);
}
