import { afterAll, beforeAll } from 'vitest';
import type { Context } from '#platform/context.ts';
import { createUser, type SessionCookie } from '../../src/features/accounts/index.server.ts';
import { guest, system, type TestDatabase, testDatabase } from './database.ts';
import { startTestProcess, type TestProcess } from './process.ts';
import { browserFor, client, type Entrance, password, type TestBrowser } from './test-browser.ts';

export { client, password };

/** A school for the tests of one file. It begins before the first and ends after the last. */
export interface TestSchool {
  readonly database: TestDatabase;
  /** Ends its process and begins another on the same database, with the settings given. */
  restart(settings?: Record<string, string>): Promise<void>;
  /** Runs every job that waits, and those that they enqueue, to the end. */
  runJobs(): Promise<void>;
  /** Mails to an address, oldest first. */
  mailsTo: TestProcess['mailsTo'];
  asGuest(now?: Date): Context;
  asProgram(now?: Date): Context;
  /** Makes somebody with an account. */
  make(email: string, more?: Partial<Parameters<typeof createUser>[1]>): ReturnType<typeof createUser>;
  /** A browser of somebody who has not signed in. */
  browserFor(email: string): TestBrowser;
  /** A browser in which somebody has signed in. */
  browserOf(email: string, entrance?: Entrance): Promise<TestBrowser>;
  /** Makes somebody, and a browser in which they have signed in. */
  signedUp(email: string): Promise<TestBrowser>;
  /** The browser that an answer's cookies make. */
  browserWith(cookies: readonly SessionCookie[]): TestBrowser;
  /** The link in the newest mail of a kind to an address. */
  linkTo(address: string, kind: string): Promise<URL>;
}

/** Declares the school of a test file. */
export function testSchool(settings: Record<string, string> = {}): TestSchool {
  const database = testDatabase();
  let school: TestProcess;
  beforeAll(() => {
    school = startTestProcess(database, settings);
  });
  afterAll(() => school?.close());
  const asGuest = (now = new Date()) => database.context(guest, now);
  const asProgram = (now = new Date()) => database.context(system, now);

  const make: TestSchool['make'] = (email, more = {}) => createUser(asProgram(), { name: 'Ada Lovelace', email, password, ...more });
  const browserOf: TestSchool['browserOf'] = async (email, entrance) => {
    const browser = browserFor(database, email);
    const kind = await browser.enter(entrance);
    if (kind !== 'signed-in') throw new Error(`${email} was not signed in: ${kind}`);
    return browser;
  };

  return {
    database,
    async restart(settings) {
      await school.close();
      school = startTestProcess(database, settings);
    },
    runJobs: () => school.runJobs(),
    mailsTo: (address) => school.mailsTo(address),
    asGuest,
    asProgram,
    make,
    browserFor: (email) => browserFor(database, email),
    browserOf,
    async signedUp(email) {
      await make(email);
      return browserOf(email);
    },
    browserWith(cookies) {
      const browser = browserFor(database);
      browser.take(cookies);
      return browser;
    },
    async linkTo(address, kind) {
      await school.runJobs();
      const mail = (await school.mailsTo(address)).filter((mail) => mail.kind === kind).at(-1);
      return new URL(/http\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    },
  };
}
