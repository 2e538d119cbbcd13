import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Actor, type Context, guest, system } from '#platform/context.ts';
import { type Connections, databaseOver, openConnections } from '#platform/database/database.server.ts';
import { createLog } from '#platform/log.server.ts';
import { person } from './person.ts';

/** A database of its own, cloned from the migrated template, with connections as the application's role. */
export interface TestDatabase {
  name: string;
  /** As the role that owns the tables: for looking behind the wall and for setting up rows. */
  owner: pg.Client;
  ownerUrl: string;
  applicationUrl: string;
  /** The application's connections, acting as nobody until a transaction says who. */
  connections: Connections;
  /** A context for a command or query. */
  context(actor?: Actor, now?: Date): Context;
  drop(): Promise<void>;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

interface Options {
  poolSize?: number;
  actsAs?: 'nobody' | 'system';
}

/** Declares the database of a test file, or of a group of tests: it is there before the first of them and gone after the last. */
export function testDatabase(options: Options = {}): TestDatabase {
  const declared = {} as TestDatabase;
  beforeAll(async () => {
    Object.assign(declared, await createTestDatabase(options));
  });
  afterAll(() => declared.drop?.());
  return declared;
}

/** Clones the template, for tests that say themselves when: whoever makes it drops it. */
export async function createTestDatabase(options: Options = {}): Promise<TestDatabase> {
  const { ownerUrl: serverUrl, applicationUrl: applicationServerUrl, template } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(withDatabase(serverUrl, 'postgres'), `create database ${name} template ${template} strategy file_copy`);
  const ownerUrl = withDatabase(serverUrl, name);
  const applicationUrl = withDatabase(applicationServerUrl, name);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const connections = openConnections({ url: applicationUrl, poolSize: options.poolSize ?? 5, actsAs: options.actsAs });
  const log = createLog('silent');
  return {
    name,
    owner,
    ownerUrl,
    applicationUrl,
    connections,
    context: (actor = guest, now = new Date('2026-05-04T10:00:00Z')) => ({
      db: databaseOver(connections),
      actor,
      now,
      requestId: 'test',
      log,
    }),
    async drop() {
      await connections.end();
      await owner.end();
      await onServer(withDatabase(serverUrl, 'postgres'), `drop database if exists ${name} with (force)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export { guest, person, system };
