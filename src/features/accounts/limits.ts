import { networkOf } from '#platform/http/network.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Client } from './sessions/session-cookies.ts';

const minutes = (count: number) => count * 60;

/** How often one may try, from one address and for one account. Room enough for a classroom behind one address. */
const limits = {
  signIn: {
    from: { name: 'sign-in-from', attempts: 60, perSeconds: minutes(15) },
    account: { name: 'sign-in-account', attempts: 10, perSeconds: minutes(15) },
  },
  signUp: {
    from: { name: 'sign-up-from', attempts: 60, perSeconds: minutes(60) },
    account: { name: 'sign-up-account', attempts: 5, perSeconds: minutes(60) },
  },
  mailLink: {
    from: { name: 'mail-link-from', attempts: 60, perSeconds: minutes(60) },
    account: { name: 'mail-link-account', attempts: 5, perSeconds: minutes(60) },
  },
  useLink: { from: { name: 'use-link-from', attempts: 60, perSeconds: minutes(60) } },
} satisfies Record<string, { from: RateLimit; account?: RateLimit }>;

/** Counts an attempt, or refuses it with `too-many`. The address is asked first, so that one machine cannot lock many accounts. */
export async function countAttempt(kind: keyof typeof limits, client: Client, email?: string): Promise<void> {
  const { rateLimiter } = runtime();
  const limit: { from: RateLimit; account?: RateLimit } = limits[kind];
  await rateLimiter.attempt(limit.from, networkOf(client.address));
  if (limit.account && email) await rateLimiter.attempt(limit.account, email);
}

/** Takes a sign-in that succeeded out of the count: only failures add up. */
export async function forgiveSignIn(client: Client, email: string): Promise<void> {
  const { rateLimiter } = runtime();
  await rateLimiter.giveBack(limits.signIn.from, networkOf(client.address));
  await rateLimiter.giveBack(limits.signIn.account, email);
}
