import type { Person } from '#platform/context.ts';
import { newId, type SessionId } from '#platform/ids.ts';
import type { TestDatabase } from './database.ts';

/** A person in a browser that has just signed in; the session has its row. */
export async function inBrowser(database: Pick<TestDatabase, 'owner'>, person: Person, startedAt: Date): Promise<Person> {
  const id = newId<'session'>() satisfies SessionId;
  await database.owner.query(
    "insert into sessions (id, token, user_id, expires_at, created_at) values ($1, $2, $3, $4::timestamptz + interval '30 days', $4)",
    [id, `token of ${id}`, person.id, startedAt],
  );
  return { ...person, session: { id, startedAt, impersonator: null } };
}
