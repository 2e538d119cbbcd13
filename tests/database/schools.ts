import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Acting, actingOn, committedOn } from './acting.ts';
import { idIn, insertWorld } from './world.ts';

/** People of the first school. */
export const student = idIn(1, 'student');
export const instructor = idIn(1, 'instructor');

/** How the wall answers. */
export const refused = { code: '42501' };

/** A database with the rows of one school or two, for the tests of one file. */
interface Schools {
  readonly database: TestDatabase;
  /** The application's role, as every query of the program runs. */
  readonly application: pg.Client;
  /** The id of somebody or something of the first school, and of what a test adds to it. */
  id(name: string): string;
  actingAs: Acting;
  /** Commits work as the application for someone, on its own connection unless on another. */
  committed(userId: string, role: string, work: (client: pg.Client) => Promise<unknown>, client?: pg.Client): Promise<void>;
}

/** Declares the school of a test file. */
export const oneSchool = (): Schools => schools((owner) => insertWorld(owner, 1));

/** Declares the two schools of a test file. The first has a co-instructor and an assistant too. */
export const twoSchools = (): Schools =>
  schools(async (owner) => {
    await insertWorld(owner, 1);
    await insertWorld(owner, 2);
    for (const [name, role] of [
      ['co-instructor', 'CO_INSTRUCTOR'],
      ['assistant', 'ASSISTANT'],
    ] as const) {
      const id = idIn(1, name);
      await owner.query('insert into users (id, name, email) values ($1, $2, $3)', [id, name, `${name}@school.test`]);
      await owner.query('insert into course_instructors (course_id, user_id, role) values ($1, $2, $3)', [idIn(1, 'course'), id, role]);
    }
  });

function schools(insert: (owner: pg.Client) => Promise<void>): Schools {
  const database = testDatabase();
  let application: pg.Client;
  beforeAll(async () => {
    application = new pg.Client({ connectionString: database.applicationUrl });
    await application.connect();
    await insert(database.owner);
  });
  afterAll(() => application?.end());
  return {
    database,
    get application() {
      return application;
    },
    id: (name) => idIn(1, name),
    actingAs: (userId, role, work) => actingOn(application)(userId, role, work),
    committed: (userId, role, work, client = application) => committedOn(client, userId, role, work),
  };
}
