import { expect, test } from 'vitest';
import { guest, system } from '#platform/context.ts';
import { person } from '../../../tests/support/person.ts';
import { mayReadMailbox, maySendMailAgain } from './policy.ts';

test.each([
  ['a guest', guest, false],
  ['a student', person('STUDENT'), false],
  ['an instructor', person('INSTRUCTOR'), false],
  ['an admin', person('ADMIN'), true],
  ['the program itself, which has no eyes', system, false],
] as const)('%s reads the mailbox and sends a mail again: %s %s', (_, actor, expected) => {
  expect(mayReadMailbox(actor)).toBe(expected);
  expect(maySendMailAgain(actor)).toBe(expected);
});
