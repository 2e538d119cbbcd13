import { type Context, guest, type Person } from '#platform/context.ts';
import { actorOf, type SessionCookie, signIn } from '../../src/features/accounts/index.server.ts';
import type { TestDatabase } from './database.ts';

/** The password of everybody whom a test school makes without saying otherwise. */
export const password = 'lakes and nine tin boats';

/** The machine that people of a test school sign in from. */
export const client = { address: '203.0.113.7', userAgent: 'Test' };

/** How somebody signs in, where it is not as most do. */
export interface Entrance {
  /** Somebody else than the browser's own person. */
  email?: string;
  password?: string;
  remember?: boolean;
  now?: Date;
  /** Cookies that the browser shows beside its own. */
  cookieHeader?: string;
}

/** A browser in a test of commands: it keeps cookies as one does, and sends requests. */
export interface TestBrowser {
  readonly cookieHeader: string;
  readonly headers: Headers;
  /** What it shows with its next request. */
  readonly client: typeof client & { cookieHeader: string };
  /** Keeps and forgets cookies as it is told. */
  take(cookies: readonly SessionCookie[]): void;
  has(cookie: string): boolean;
  /** Signs its person in by the password, as far as that gets. */
  enter(entrance?: Entrance): Promise<'signed-in' | 'second-step' | 'unconfirmed'>;
  /** The context of its next request, so many minutes from now, by whoever it is signed in as. */
  request(minutes?: number): Promise<Context>;
  /** The context of a request by somebody signed in. */
  context(now?: Date): Promise<Context & { actor: Person & { session: NonNullable<Person['session']> } }>;
}

/** A browser of somebody with an account who has not signed in. */
export function browserFor(database: TestDatabase, email = ''): TestBrowser {
  const jar = new Map<string, string>();
  const cookieHeader = () => [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
  const headers = () => new Headers({ cookie: cookieHeader() });
  const actorAt = (now: Date) => (jar.size === 0 ? guest : actorOf(headers(), now));
  function take(cookies: readonly SessionCookie[]): void {
    for (const { name, value, options } of cookies) {
      if (options.maxAge === 0 || value === '') jar.delete(name);
      else jar.set(name, value);
    }
  }
  async function request(minutes = 0): Promise<Context> {
    const now = new Date(Date.now() + minutes * 60_000);
    return database.context(await actorAt(now), now);
  }
  return {
    get cookieHeader() {
      return cookieHeader();
    },
    get headers() {
      return headers();
    },
    get client() {
      return { ...client, cookieHeader: cookieHeader() };
    },
    take,
    has: (cookie) => jar.has(`lyceum.${cookie}`),
    async enter({ now, remember = true, cookieHeader: shown = cookieHeader(), ...entrance } = {}) {
      const ctx = now ? database.context(guest, now) : await request();
      const input = { email, password, ...entrance, remember, client: { ...client, cookieHeader: shown } };
      const answer = await signIn(ctx, input);
      if (answer.kind !== 'unconfirmed') take(answer.cookies);
      return answer.kind;
    },
    request,
    async context(now = new Date()) {
      const actor = await actorAt(now);
      if (actor.kind !== 'person' || !actor.session) throw new Error('Nobody is signed in in this browser');
      return { ...database.context(actor, now), actor: { ...actor, session: actor.session } };
    },
  };
}
