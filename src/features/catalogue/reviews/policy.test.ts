import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import { mayReplyToReviews, mayReportReview } from './policy.ts';

const id = (name: string) => name as UserId;
const team = {
  instructorId: 'owner',
  others: [
    { userId: 'co', role: 'CO_INSTRUCTOR' },
    { userId: 'assistant', role: 'ASSISTANT' },
  ],
} as const;

test.each<[string, Actor, { replies: boolean; reports: boolean }]>([
  ['a guest', guest, { replies: false, reports: false }],
  ['a student', person('STUDENT', id('someone')), { replies: false, reports: true }],
  ['who wrote it', person('STUDENT', id('author')), { replies: false, reports: false }],
  ['the owner', person('INSTRUCTOR', id('owner')), { replies: true, reports: true }],
  ['an owner who is no instructor any more', person('STUDENT', id('owner')), { replies: false, reports: true }],
  ['a co-instructor', person('INSTRUCTOR', id('co')), { replies: true, reports: true }],
  ['an assistant', person('INSTRUCTOR', id('assistant')), { replies: false, reports: true }],
  ['an admin', person('ADMIN', id('admin')), { replies: false, reports: true }],
  ['the program itself', system, { replies: true, reports: false }],
])('%s', (_, actor, may) => {
  expect({ replies: mayReplyToReviews(actor, team), reports: mayReportReview(actor, 'author') }).toEqual(may);
});
