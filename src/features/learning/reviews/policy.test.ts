import { describe, expect, test } from 'vitest';
import { guest, system } from '#platform/context.ts';
import type { SessionId, UserId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import { type ReviewFacts, reviewStep } from './policy.ts';

const student = person('STUDENT');
const facts: ReviewFacts = { actor: student, isTeacher: false, status: 'ACTIVE', progressPercent: 20, isFinished: false, hasReview: false };
const actedFor = {
  ...student,
  session: { id: 's' as SessionId, startedAt: new Date(0), impersonator: { id: 'a' as UserId, name: 'Admin' } },
};

describe('a review of one’s own', () => {
  test.each<[string, Partial<ReviewFacts>, ReturnType<typeof reviewStep>]>([
    ['is written from a fifth of the course on', {}, 'write'],
    ['waits until then', { progressPercent: 19 }, 'not-yet'],
    ['is changed at any time after', { hasReview: true, progressPercent: 3 }, 'change'],
    ['is written by who had finished, whatever was added since', { isFinished: true, progressPercent: 10, status: 'COMPLETED' }, 'write'],
    ['is written by who learned here once', { status: 'EXPIRED', progressPercent: 60 }, 'write'],
    ['is not for who was sent away', { status: 'SUSPENDED', progressPercent: 60, hasReview: true }, 'none'],
    ['is not for who never enrolled', { status: null, progressPercent: 0 }, 'none'],
    ['is not for who waits to be let in', { status: 'PENDING', progressPercent: 0 }, 'none'],
    ['is not for who teaches the course', { isTeacher: true, progressPercent: 100 }, 'none'],
    ['is not written by an admin in somebody’s name', { actor: actedFor }, 'none'],
    ['is not for guests', { actor: guest }, 'none'],
    ['is not the program’s', { actor: system }, 'none'],
  ])('%s', (_, more, step) => {
    expect(reviewStep({ ...facts, ...more })).toBe(step);
  });
});
