import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Acting, actingOn, committedOn } from './acting.ts';
import { idIn, insertWorld } from './world.ts';

/** A database with the rows of one school, for the tests of one file. */
export interface OneSchool {
  readonly database: TestDatabase;
  /** The application's role, as every query of the program runs. */
  readonly application: pg.Client;
  /** The id of somebody or something of the school, and of what a test adds to it. */
  id(name: string): string;
  actingAs: Acting;
  /** Commits work as the application for someone, on its own connection unless on another. */
  committed(userId: string, role: string, work: (client: pg.Client) => Promise<unknown>, client?: pg.Client): Promise<void>;
}

/** Declares the school of a test file. */
export function oneSchool(): OneSchool {
  let database: TestDatabase;
  let application: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    application = new pg.Client({ connectionString: database.applicationUrl });
    await application.connect();
    await insertWorld(database.owner, 1);
  });
  afterAll(async () => {
    await application?.end();
    await database?.drop();
  });
  return {
    get database() {
      return database;
    },
    get application() {
      return application;
    },
    id: (name) => idIn(1, name),
    actingAs: (userId, role, work) => actingOn(application)(userId, role, work),
    committed: (userId, role, work, client = application) => committedOn(client, userId, role, work),
  };
}
