import { expect, test } from 'vitest';
import { guest, system } from '#platform/context.ts';
import { person } from '../../../tests/support/person.ts';
import { entryOf, isDemoAddress, mayAdminister, mayManagePeople } from './policy.ts';

const now = new Date('2026-05-04T10:00:00Z');
const earlier = new Date('2026-05-04T09:59:59Z');
const later = new Date('2026-05-04T10:00:01Z');
const standing = { email: 'ada@school.test', banned: false, banExpires: null, deletedAt: null };
const demo = { ...standing, email: 'student@demo.school' };

test.each([
  ['someone in good standing', standing, false, 'welcome'],
  ['someone in good standing, on a public school', standing, true, 'welcome'],
  ['a banned person', { ...standing, banned: true }, false, 'banned'],
  ['a person banned until later', { ...standing, banned: true, banExpires: later }, false, 'banned'],
  ['a person whose ban is over', { ...standing, banned: true, banExpires: earlier }, false, 'welcome'],
  ['a closed account', { ...standing, deletedAt: earlier }, false, 'closed'],
  ['a closed and banned account', { ...standing, deletedAt: earlier, banned: true }, false, 'closed'],
  ['a demo person on this machine alone', demo, false, 'welcome'],
  ['a demo person where others reach the school', demo, true, 'demo-only-here'],
  ['a demo person written in capitals where others reach the school', { ...demo, email: 'ADMIN@DEMO.SCHOOL' }, true, 'demo-only-here'],
] as const)('%s: %#', (_, person, reachableFromOutside, entry) => {
  expect(entryOf(person, now, reachableFromOutside)).toBe(entry);
});

test.each([
  ['admin@demo.school', true],
  ['demo.school@school.test', false],
  ['admin@demo.school.test', false],
  ['admin@notdemo.school', false],
])('whether %s is a demo address: %s', (email, expected) => {
  expect(isDemoAddress(email)).toBe(expected);
});

test.each([
  ['guest', guest, false, false],
  ['student', person('STUDENT'), false, false],
  ['instructor', person('INSTRUCTOR'), false, false],
  ['admin', person('ADMIN'), true, true],
  ['the program itself', system, true, false],
] as const)('%s: manages people %s, sees the administration %s', (_, actor, manages, administers) => {
  expect(mayManagePeople(actor)).toBe(manages);
  expect(mayAdminister(actor)).toBe(administers);
});
