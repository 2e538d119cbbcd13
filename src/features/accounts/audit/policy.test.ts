import { expect, test } from 'vitest';
import { guest, system } from '#platform/context.ts';
import { person } from '../../../../tests/support/person.ts';
import { mayReadAuditLog } from './policy.ts';

test.each([
  ['a guest', guest, false],
  ['a student', person('STUDENT'), false],
  ['an instructor', person('INSTRUCTOR'), false],
  ['an admin', person('ADMIN'), true],
  ['the program itself, which has no eyes', system, false],
] as const)('%s reads the audit log: %s %s', (_, actor, expected) => {
  expect(mayReadAuditLog(actor)).toBe(expected);
});
