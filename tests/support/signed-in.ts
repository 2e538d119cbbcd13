import type { Actor, Context } from '#platform/context.ts';
import { actorOf, createUser, type SessionCookie, signIn } from '../../src/features/accounts/index.server.ts';
import { guest, system, type TestDatabase } from './database.ts';

const password = 'lakes and nine tin boats';

/** A browser in a test of commands: its cookies, and who it is signed in as. */
export interface TestBrowser {
  email: string;
  password: string;
  /** What it shows with its next request. */
  client(): { address: string; userAgent: string; cookieHeader: string };
  /** Keeps and forgets cookies as it is told. */
  take(cookies: readonly SessionCookie[]): void;
  has(cookie: string): boolean;
  /** The context of its next request, so many minutes from now. */
  request(minutes?: number): Promise<Context>;
}

/** A browser that knows a person's password and has not signed in. */
export function browserOf(database: TestDatabase, email: string): TestBrowser {
  const jar = new Map<string, string>();
  const cookieHeader = () => [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
  return {
    email,
    password,
    client: () => ({ address: '203.0.113.7', userAgent: 'Test browser', cookieHeader: cookieHeader() }),
    take(cookies) {
      for (const { name, value, options } of cookies) {
        if (options.maxAge === 0) jar.delete(name);
        else jar.set(name, value);
      }
    },
    has: (cookie) => jar.has(`lyceum.${cookie}`),
    async request(minutes = 0) {
      const now = new Date(Date.now() + minutes * 60_000);
      const actor: Actor = jar.size === 0 ? guest : await actorOf(new Headers({ cookie: cookieHeader() }), now);
      return database.context(actor, now);
    },
  };
}

/** Enters by the password as far as it gets. */
export async function enter(browser: TestBrowser): Promise<'signed-in' | 'second-step' | 'unconfirmed'> {
  const { email, password } = browser;
  const answer = await signIn(await browser.request(), { email, password, remember: true, client: browser.client() });
  if (answer.kind !== 'unconfirmed') browser.take(answer.cookies);
  return answer.kind;
}

/** A new person in a browser where they have just signed in. */
export async function signedIn(database: TestDatabase, email: string): Promise<TestBrowser> {
  await createUser(database.context(system, new Date()), { name: 'Ada Lovelace', email, password });
  const browser = browserOf(database, email);
  await enter(browser);
  return browser;
}
