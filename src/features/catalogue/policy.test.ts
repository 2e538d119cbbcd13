import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { person } from '../../../tests/support/person.ts';
import { mayCreateCourse, mayEditCourse, mayHelpStudents, mayLeadCourse, mayRunCatalogue } from './policy.ts';

const id = (name: string) => name as UserId;
const team = {
  instructorId: 'owner',
  others: [
    { userId: 'co', role: 'CO_INSTRUCTOR' },
    { userId: 'assistant', role: 'ASSISTANT' },
  ],
} as const;

test.each<[string, Actor, { runs: boolean; creates: boolean; edits: boolean; helps: boolean; leads: boolean }]>([
  ['a guest', guest, { runs: false, creates: false, edits: false, helps: false, leads: false }],
  ['a student', person('STUDENT', id('someone')), { runs: false, creates: false, edits: false, helps: false, leads: false }],
  ['the owner', person('INSTRUCTOR', id('owner')), { runs: false, creates: true, edits: true, helps: true, leads: true }],
  [
    'an owner who is no instructor any more',
    person('STUDENT', id('owner')),
    { runs: false, creates: false, edits: false, helps: false, leads: false },
  ],
  ['a co-instructor', person('INSTRUCTOR', id('co')), { runs: false, creates: false, edits: true, helps: true, leads: false }],
  ['an assistant', person('INSTRUCTOR', id('assistant')), { runs: false, creates: false, edits: false, helps: true, leads: false }],
  ['another instructor', person('INSTRUCTOR', id('other')), { runs: false, creates: false, edits: false, helps: false, leads: false }],
  ['an admin', person('ADMIN', id('admin')), { runs: true, creates: true, edits: true, helps: true, leads: true }],
  ['the program itself', system, { runs: true, creates: true, edits: true, helps: true, leads: true }],
])('%s', (_, actor, may) => {
  expect({
    runs: mayRunCatalogue(actor),
    creates: mayCreateCourse(actor, 'owner'),
    edits: mayEditCourse(actor, team),
    helps: mayHelpStudents(actor, team),
    leads: mayLeadCourse(actor, team),
  }).toEqual(may);
});
