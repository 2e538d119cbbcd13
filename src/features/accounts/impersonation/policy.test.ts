import { expect, test } from 'vitest';
import { guest, type Person, system } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import { type ActedAs, mayActAs } from './policy.ts';

const now = new Date('2026-05-04T10:00:00Z');
const student: ActedAs = {
  id: newId<'user'>(),
  email: 'ada@school.test',
  role: 'STUDENT',
  banned: false,
  banExpires: null,
  deletedAt: null,
};
const admin = person('ADMIN');
const startedAt = now;
const actingAs: Person = {
  ...person('ADMIN'),
  session: { id: newId<'session'>(), startedAt, impersonator: { id: newId<'user'>(), name: 'Ines' } },
};
const byKey: Person = { ...person('ADMIN'), apiKey: { id: newId<'apiKey'>(), scopes: [] } };

test.each([
  ['an admin, as a student', admin, student, true],
  ['an admin, as an instructor', admin, { ...student, role: 'INSTRUCTOR' }, true],
  ['an admin, as another admin', admin, { ...student, role: 'ADMIN' }, false],
  ['an admin, as themselves', admin, { ...student, id: admin.id }, false],
  ['an admin, as somebody suspended', admin, { ...student, banned: true }, false],
  ['an admin, as somebody whose account is closed', admin, { ...student, deletedAt: now }, false],
  ['an admin who acts as somebody already', actingAs, student, false],
  ['a program with an admin’s API key', byKey, student, false],
  ['an instructor, as a student', person('INSTRUCTOR'), student, false],
  ['a student, as a student', person('STUDENT'), student, false],
  ['a guest', guest, student, false],
  ['the program itself, which has no browser', system, student, false],
] as const)('%s: %#', (_, actor, whom, expected) => {
  expect(mayActAs(actor, whom, now, false)).toBe(expected);
});

test('nobody acts as a demo person where others reach the school', () => {
  const demo = { ...student, email: 'student@demo.school' };
  expect(mayActAs(admin, demo, now, false)).toBe(true);
  expect(mayActAs(admin, demo, now, true)).toBe(false);
});
