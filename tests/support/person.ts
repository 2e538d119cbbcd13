import type { Person, Role } from '#platform/context.ts';
import { newId, type UserId } from '#platform/ids.ts';

/** Someone signed in, for a test's context; the row must exist apart. */
export function person(role: Role, id: UserId = newId<'user'>(), details: Partial<Person> = {}): Person {
  return {
    kind: 'person',
    id,
    role,
    name: details.name ?? 'Ada Test',
    username: null,
    imageUrl: null,
    email: details.email ?? `${id}@school.test`,
    timeZone: details.timeZone ?? 'UTC',
    locale: 'en',
  };
}

/** Somebody as whom an admin acts. */
export function actingAs(person: Person): Person {
  const impersonator = { id: newId<'user'>(), name: 'An admin' };
  return { ...person, session: { id: newId<'session'>(), startedAt: new Date(0), impersonator } };
}
