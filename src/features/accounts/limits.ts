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
  signInLink: {
    from: { name: 'sign-in-link-from', attempts: 60, perSeconds: minutes(60) },
    account: { name: 'sign-in-link-account', attempts: 5, perSeconds: minutes(60) },
  },
  // Someone signed in who types their password once more.
  ownPassword: {
    from: { name: 'own-password-from', attempts: 60, perSeconds: minutes(15) },
    account: { name: 'own-password-account', attempts: 10, perSeconds: minutes(15) },
  },
  username: {
    from: { name: 'username-from', attempts: 60, perSeconds: minutes(60) },
    account: { name: 'username-account', attempts: 20, perSeconds: minutes(60) },
  },
  external: { from: { name: 'external-from', attempts: 120, perSeconds: minutes(15) } },
  firstAdmin: { from: { name: 'first-admin-from', attempts: 20, perSeconds: minutes(60) } },
  changeEmail: {
    from: { name: 'change-email-from', attempts: 60, perSeconds: minutes(60) },
    account: { name: 'change-email-account', attempts: 5, perSeconds: minutes(60) },
  },
  useLink: { from: { name: 'use-link-from', attempts: 60, perSeconds: minutes(60) } },
  // Wrong codes of one account are counted by better-auth too, which then locks its second step.
  secondStep: {
    from: { name: 'second-step-from', attempts: 90, perSeconds: minutes(15) },
    account: { name: 'second-step-account', attempts: 15, perSeconds: minutes(15) },
  },
  // The sign-in page asks for a challenge whenever it is opened, so that the browser can offer a passkey of itself.
  passkeyChallenge: { from: { name: 'passkey-challenge-from', attempts: 300, perSeconds: minutes(15) } },
  passkey: {
    from: { name: 'passkey-from', attempts: 90, perSeconds: minutes(15) },
    account: { name: 'passkey-account', attempts: 20, perSeconds: minutes(15) },
  },
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
