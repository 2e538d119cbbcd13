import { afterAll, beforeAll } from 'vitest';
import type { Context, Person } from '#platform/context.ts';
import { actorOf, createUser, type SessionCookie, signIn } from '../../src/features/accounts/index.server.ts';
import { createTestDatabase, guest, system, type TestDatabase } from './database.ts';
import { startTestProcess, type TestProcess } from './process.ts';

/** The password of everybody whom a test school makes without saying otherwise. */
export const password = 'lakes and nine tin boats';

/** The machine that people of a test school sign in from. */
export const client = { address: '203.0.113.7', userAgent: 'Test' };

/** A browser in which somebody is signed in. */
export interface SignedInBrowser {
  cookieHeader: string;
  headers: Headers;
  client: typeof client & { cookieHeader: string };
  /** A context of a request from it, with its person as the actor. */
  context(now?: Date): Promise<Context & { actor: Person & { session: NonNullable<Person['session']> } }>;
}

/** A school for the tests of one file. It begins before the first and ends after the last. */
export interface TestSchool {
  readonly database: TestDatabase;
  readonly process: TestProcess;
  asGuest(now?: Date): Context;
  asProgram(now?: Date): Context;
  /** Makes somebody with an account. */
  make(email: string, more?: Partial<Parameters<typeof createUser>[1]>): ReturnType<typeof createUser>;
  /** Signs somebody in with the password of all. */
  browserOf(email: string, more?: { remember?: boolean; now?: Date; cookieHeader?: string }): Promise<SignedInBrowser>;
  /** The browser that an answer's cookies make. */
  browserWith(cookies: readonly SessionCookie[]): SignedInBrowser;
  /** The link in the newest mail of a kind to an address. */
  linkTo(address: string, kind: string): Promise<URL>;
}

/** A request's cookie header, of the cookies that an answer set. */
function cookieHeaderOf(cookies: readonly SessionCookie[]): string {
  return cookies
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ');
}

/** Declares the school of a test file. */
export function testSchool(settings: Record<string, string> = {}): TestSchool {
  let database: TestDatabase;
  let school: TestProcess;
  beforeAll(async () => {
    database = await createTestDatabase();
    school = startTestProcess(database, settings);
  });
  afterAll(async () => {
    await school?.close();
    await database?.drop();
  });
  const asGuest = (now = new Date()) => database.context(guest, now);
  const asProgram = (now = new Date()) => database.context(system, now);

  function browserWith(cookies: readonly SessionCookie[]): SignedInBrowser {
    const cookieHeader = cookieHeaderOf(cookies);
    const headers = new Headers({ cookie: cookieHeader });
    return {
      cookieHeader,
      headers,
      client: { ...client, cookieHeader },
      async context(now = new Date()) {
        const actor = await actorOf(headers, now);
        if (actor.kind !== 'person' || !actor.session) throw new Error('Nobody is signed in with these cookies');
        return { ...database.context(actor, now), actor: { ...actor, session: actor.session } };
      },
    };
  }

  return {
    get database() {
      return database;
    },
    get process() {
      return school;
    },
    asGuest,
    asProgram,
    browserWith,
    make: (email, more = {}) => createUser(asProgram(), { name: 'Ada Lovelace', email, password, ...more }),
    async browserOf(email, { remember = true, now, cookieHeader } = {}) {
      const answer = await signIn(asGuest(now), { email, password, remember, client: { ...client, cookieHeader } });
      if (answer.kind !== 'signed-in') throw new Error(`${email} was not signed in: ${answer.kind}`);
      return browserWith(answer.cookies);
    },
    async linkTo(address, kind) {
      await school.runJobs();
      const mail = (await school.mailsTo(address)).filter((mail) => mail.kind === kind).at(-1);
      return new URL(/http\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    },
  };
}
