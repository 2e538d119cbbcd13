import { expect, test } from 'vitest';
import { guest, system } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { person } from '../../../tests/support/person.ts';
import { mayWriteQuizzes } from './policy.ts';

const owner = newId<'user'>();
const other = newId<'user'>();
const team = { instructorId: owner, coInstructorIds: [other] };

test.each([
  ['the program itself', system, true],
  ['an admin', person('ADMIN'), true],
  ['the course’s instructor', person('INSTRUCTOR', owner), true],
  ['its owner who is no instructor anymore', person('STUDENT', owner), false],
  ['a co-instructor', person('INSTRUCTOR', other), true],
  ['another instructor', person('INSTRUCTOR'), false],
  ['a student', person('STUDENT'), false],
  ['a guest', guest, false],
] as const)('%s writes quizzes of a course: %s', (_, actor, may) => {
  expect(mayWriteQuizzes(actor, team)).toBe(may);
});
