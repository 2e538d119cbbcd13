import { expect, test } from 'vitest';
import { guest, system } from '#platform/context.ts';
import { person } from '../../../../tests/support/person.ts';
import { mayApplyToTeach } from '../applications/policy.ts';
import { mayTeach } from './policy.ts';

test.each([
  ['a guest', guest, false, false],
  ['a student', person('STUDENT'), true, false],
  ['an instructor', person('INSTRUCTOR'), false, true],
  ['an admin', person('ADMIN'), false, true],
  ['the program itself', system, false, false],
] as const)('%s asks to teach: %s %s; has a face as an instructor: %s', (_, actor, asks, teaches) => {
  expect([mayApplyToTeach(actor), mayTeach(actor)]).toEqual([asks, teaches]);
});
