import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import { newId, type UserId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import { type Deed, isSuspended, type ManagedPerson, mayDo } from './policy.ts';

const now = new Date('2026-05-04T10:00:00Z');
const later = new Date('2026-05-04T10:00:01Z');
const earlier = new Date('2026-05-04T09:59:59Z');
const id: UserId = newId<'user'>();
const student: ManagedPerson = {
  id,
  email: 'ada@school.test',
  role: 'STUDENT',
  emailVerified: true,
  banned: false,
  banExpires: null,
  deletedAt: null,
};
const every: Deed[] = ['changeRole', 'suspend', 'liftSuspension', 'endSessions', 'sendPasswordLink', 'confirmAddress', 'close'];
const doable = (actor: Actor, whom: ManagedPerson) => every.filter((deed) => mayDo(deed, actor, whom, now));
const ordinary: Deed[] = ['changeRole', 'suspend', 'endSessions', 'sendPasswordLink', 'close'];

test.each([
  ['a student in good standing', student, ordinary],
  ['an instructor', { ...student, role: 'INSTRUCTOR' }, ordinary],
  ['another admin', { ...student, role: 'ADMIN' }, ['changeRole', 'endSessions', 'sendPasswordLink']],
  ['somebody whose address is not confirmed', { ...student, emailVerified: false }, [...ordinary, 'confirmAddress']],
  ['somebody suspended', { ...student, banned: true }, ['changeRole', 'liftSuspension', 'endSessions', 'sendPasswordLink', 'close']],
  ['somebody whose suspension is over', { ...student, banned: true, banExpires: earlier }, ordinary],
  ['somebody whose account is closed', { ...student, deletedAt: earlier }, []],
] as [string, ManagedPerson, Deed[]][])('what an admin may do with %s', (_, whom, deeds) => {
  expect(doable(person('ADMIN'), whom).sort()).toEqual([...deeds].sort());
  expect(doable(system, whom).sort()).toEqual([...deeds].sort());
});

test('an admin does nothing of it to themselves', () => {
  expect(doable(person('ADMIN', id), { ...student, role: 'ADMIN', emailVerified: false })).toEqual([]);
});

test.each([guest, person('STUDENT'), person('INSTRUCTOR')])('nobody else does any of it: %#', (actor) => {
  expect(doable(actor, { ...student, emailVerified: false })).toEqual([]);
});

test.each([
  ['without an end', { banned: true, banExpires: null }, true],
  ['until later', { banned: true, banExpires: later }, true],
  ['until now', { banned: true, banExpires: now }, false],
  ['not at all', { banned: false, banExpires: null }, false],
] as const)('suspended %s: %#', (_, ban, expected) => {
  expect(isSuspended({ ...student, ...ban }, now)).toBe(expected);
});
