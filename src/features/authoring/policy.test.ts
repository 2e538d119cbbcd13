import { expect, test } from 'vitest';
import type { CourseTeam } from '#features/catalogue/policy.ts';
import type { UserId } from '#platform/ids.ts';
import { guest, person, system } from '../../../tests/support/database.ts';
import { mayBeginCourse, mayOpenStudio } from './policy.ts';

const [owner, second, assistant] = ['owner', 'second', 'assistant'] as unknown as [UserId, UserId, UserId];
const team: CourseTeam = {
  instructorId: owner,
  others: [
    { userId: second, role: 'CO_INSTRUCTOR' },
    { userId: assistant, role: 'ASSISTANT' },
  ],
};

test.each([
  ['the system', system, true, false],
  ['a guest', guest, false, false],
  ['an admin', person('ADMIN'), true, true],
  ['its owner', person('INSTRUCTOR', owner), true, true],
  ['its owner, who is no instructor any more', person('STUDENT', owner), false, false],
  ['a co-instructor', person('INSTRUCTOR', second), true, true],
  ['an assistant', person('STUDENT', assistant), true, false],
  ['another instructor', person('INSTRUCTOR'), false, true],
  ['a student', person('STUDENT'), false, false],
] as const)('%s opens a course in the studio: %#', (_, actor, opens, begins) => {
  expect(mayOpenStudio(actor, team)).toBe(opens);
  expect(mayBeginCourse(actor)).toBe(begins);
});
