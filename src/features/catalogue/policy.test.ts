import { expect, test } from 'vitest';
import { type Actor, guest, type Role, system } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { mayCreateCourse, mayEditCourse, mayRunCatalogue } from './policy.ts';

const person = (id: string, role: Role): Actor => ({
  kind: 'person',
  id: id as UserId,
  role,
  name: id,
  email: `${id}@school.test`,
  timeZone: 'UTC',
  locale: 'en',
});
const team = {
  instructorId: 'owner',
  others: [
    { userId: 'co', role: 'CO_INSTRUCTOR' },
    { userId: 'assistant', role: 'ASSISTANT' },
  ],
} as const;

test.each<[string, Actor, { runs: boolean; creates: boolean; edits: boolean }]>([
  ['a guest', guest, { runs: false, creates: false, edits: false }],
  ['a student', person('someone', 'STUDENT'), { runs: false, creates: false, edits: false }],
  ['the owner', person('owner', 'INSTRUCTOR'), { runs: false, creates: true, edits: true }],
  ['an owner who is no instructor any more', person('owner', 'STUDENT'), { runs: false, creates: false, edits: false }],
  ['a co-instructor', person('co', 'INSTRUCTOR'), { runs: false, creates: false, edits: true }],
  ['an assistant', person('assistant', 'INSTRUCTOR'), { runs: false, creates: false, edits: false }],
  ['another instructor', person('other', 'INSTRUCTOR'), { runs: false, creates: false, edits: false }],
  ['an admin', person('admin', 'ADMIN'), { runs: true, creates: true, edits: true }],
  ['the program itself', system, { runs: true, creates: true, edits: true }],
])('%s', (_, actor, may) => {
  expect({ runs: mayRunCatalogue(actor), creates: mayCreateCourse(actor, 'owner'), edits: mayEditCourse(actor, team) }).toEqual(may);
});
