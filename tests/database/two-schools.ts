import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Acting, actingOn } from './acting.ts';
import { idIn, insertWorld } from './world.ts';

/** People of the first school. */
export const student = idIn(1, 'student');
export const instructor = idIn(1, 'instructor');

/** How the wall answers. */
export const refused = { code: '42501' };

/** A database with the rows of two schools, for the tests of one file. The first has a co-instructor and an assistant too. */
export interface TwoSchools {
  readonly database: TestDatabase;
  /** The application's role, as every query of the program runs. */
  readonly application: pg.Client;
  actingAs: Acting;
}

/** Declares the two schools of a test file. */
export function twoSchools(): TwoSchools {
  let database: TestDatabase;
  let application: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    application = new pg.Client({ connectionString: database.applicationUrl });
    await application.connect();
    await insertWorld(database.owner, 1);
    await insertWorld(database.owner, 2);
    for (const [name, role] of [
      ['co-instructor', 'CO_INSTRUCTOR'],
      ['assistant', 'ASSISTANT'],
    ] as const) {
      const id = idIn(1, name);
      await database.owner.query('insert into users (id, name, email) values ($1, $2, $3)', [id, name, `${name}@school.test`]);
      const help = 'insert into course_instructors (course_id, user_id, role) values ($1, $2, $3)';
      await database.owner.query(help, [idIn(1, 'course'), id, role]);
    }
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
    actingAs: (userId, role, work) => actingOn(application)(userId, role, work),
  };
}
