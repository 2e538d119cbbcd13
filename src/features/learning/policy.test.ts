import { describe, expect, test } from 'vitest';
import {
  type CourseFacts,
  type EnrollmentStatus,
  enrollmentTransitions,
  isPrepared,
  type LessonFacts,
  lessonAccess,
  type MarkFacts,
  mayMarkComplete,
  mayReopen,
  mayTakeNotes,
  nextStep,
  seesAsStudent,
  standingOf,
  statusOnAccess,
} from './policy.ts';

const now = new Date('2026-05-04T10:00:00Z');

describe('standing', () => {
  test.each<[EnrollmentStatus | null, boolean, string]>([
    [null, false, 'none'],
    [null, true, 'none'],
    ['PENDING', true, 'none'],
    ['ACTIVE', true, 'open'],
    ['ACTIVE', false, 'ended'],
    ['COMPLETED', true, 'open'],
    ['COMPLETED', false, 'ended'],
    ['CANCELLED', true, 'ended'],
    ['EXPIRED', true, 'ended'],
    ['SUSPENDED', true, 'suspended'],
    ['SUSPENDED', false, 'suspended'],
  ])('of an enrollment that is %s, with a live grant: %s, is %s', (status, hasLiveGrant, expected) => {
    expect(standingOf({ status, hasLiveGrant })).toBe(expected);
  });
});

describe('a lesson', () => {
  const ordinary: LessonFacts = {
    isStaff: false,
    standing: 'open',
    courseStatus: 'PUBLISHED',
    isPublished: true,
    isHidden: false,
    isPreview: false,
    opensAt: null,
    isPrepared: true,
  };
  const later = new Date('2026-06-01T00:00:00Z');
  const earlier = new Date('2026-05-01T00:00:00Z');
  test.each<[string, Partial<LessonFacts>, string]>([
    ['is open to who is enrolled', {}, 'open'],
    ['stays open when the course is archived', { courseStatus: 'ARCHIVED' }, 'open'],
    ['is locked while the course is taken back to a draft', { courseStatus: 'DRAFT' }, 'not-published'],
    ['is locked while it is not published', { isPublished: false }, 'not-published'],
    ['is not there for learners when it is hidden', { isHidden: true }, 'absent'],
    ['opens with its chapter', { opensAt: later }, 'not-yet'],
    ['is open once its chapter has opened', { opensAt: earlier }, 'open'],
    ['is open before its chapter when it is a preview', { opensAt: later, isPreview: true }, 'open'],
    ['is locked until what the course asks for is finished', { isPrepared: false, opensAt: later }, 'prerequisites'],
    ['is open before that when it is a preview', { isPrepared: false, isPreview: true }, 'open'],
    ['is open to staff who have not finished it', { isPrepared: false, isStaff: true }, 'open'],
    ['is locked for who is not enrolled', { standing: 'none' }, 'not-enrolled'],
    ['is locked for whose access ended', { standing: 'ended' }, 'access-ended'],
    ['is locked for who is suspended', { standing: 'suspended' }, 'suspended'],
    ['is open to everybody when it is a preview', { standing: 'none', isPreview: true }, 'open'],
    ['is open as a preview to whose access ended', { standing: 'ended', isPreview: true }, 'open'],
    ['is not there for strangers while it is not published', { standing: 'none', isPublished: false }, 'absent'],
    [
      'is not there for strangers while the course is a draft, preview or not',
      { standing: 'none', courseStatus: 'DRAFT', isPreview: true },
      'absent',
    ],
    ['is not there for strangers when the course is archived', { standing: 'none', courseStatus: 'ARCHIVED', isPreview: true }, 'absent'],
    [
      'is open to staff, whatever its state',
      { isStaff: true, standing: 'none', courseStatus: 'DRAFT', isPublished: false, isHidden: true },
      'open',
    ],
  ])('%s', (_sentence, facts, expected) => {
    const access = lessonAccess({ ...ordinary, ...facts }, now);
    expect(access.kind === 'locked' ? access.reason : access.kind).toBe(expected);
  });
});

describe('marking by hand', () => {
  const text: MarkFacts = { type: 'TEXT', durationSeconds: 0, allowsManualCompletion: true, isCompleted: false, isWatchedThrough: false };
  const video: MarkFacts = { ...text, type: 'VIDEO', durationSeconds: 600 };
  test.each<[string, MarkFacts, { complete: boolean; reopen: boolean }]>([
    ['a text', text, { complete: true, reopen: false }],
    ['a completed text', { ...text, isCompleted: true }, { complete: false, reopen: true }],
    ['a live session', { ...text, type: 'LIVE_SESSION' }, { complete: true, reopen: false }],
    ['a video', video, { complete: true, reopen: false }],
    ['a video marked by hand', { ...video, isCompleted: true }, { complete: false, reopen: true }],
    ['a video watched through', { ...video, isCompleted: true, isWatchedThrough: true }, { complete: false, reopen: false }],
    ['a video of a course that wants it watched', { ...video, allowsManualCompletion: false }, { complete: false, reopen: false }],
    ['the same, completed', { ...video, allowsManualCompletion: false, isCompleted: true }, { complete: false, reopen: false }],
    [
      'a video of unknown length, which cannot be watched through',
      { ...video, durationSeconds: 0, allowsManualCompletion: false },
      { complete: true, reopen: false },
    ],
    ['a quiz', { ...text, type: 'QUIZ' }, { complete: false, reopen: false }],
    ['a passed quiz', { ...text, type: 'QUIZ', isCompleted: true }, { complete: false, reopen: false }],
    ['an assignment', { ...text, type: 'ASSIGNMENT' }, { complete: false, reopen: false }],
    ['a package', { ...text, type: 'PACKAGE' }, { complete: false, reopen: false }],
  ])('%s', (_what, facts, expected) => {
    expect({ complete: mayMarkComplete(facts), reopen: mayReopen(facts) }).toEqual(expected);
  });
});

describe('the button of a course', () => {
  const student: CourseFacts = {
    isGuest: false,
    isTeacher: false,
    isAdmin: false,
    standing: 'none',
    courseStatus: 'PUBLISHED',
    isFree: true,
    isPrepared: true,
    progressPercent: 0,
  };
  test.each<[string, Partial<CourseFacts>, string]>([
    ['says enroll to a student', {}, 'enroll'],
    ['says sign in to a guest', { isGuest: true }, 'sign-in'],
    ['says that it costs something to a student', { isFree: false }, 'purchase'],
    ['says that it costs something to a guest', { isFree: false, isGuest: true }, 'purchase'],
    ['says start to who has just enrolled', { standing: 'open' }, 'start'],
    ['says continue to who has begun', { standing: 'open', progressPercent: 1 }, 'continue'],
    ['leads to the certificate who has finished', { standing: 'open', progressPercent: 100, hasCertificate: true }, 'certificate'],
    [
      'says continue to who had finished, once lessons were added',
      { standing: 'open', progressPercent: 90, hasCertificate: true },
      'continue',
    ],
    ['says review to who has finished and whose certificate does not hold', { standing: 'open', progressPercent: 100 }, 'review'],
    [
      'says continue to an enrolled student of a course that is not free',
      { standing: 'open', isFree: false, progressPercent: 40 },
      'continue',
    ],
    ['says continue in an archived course', { standing: 'open', courseStatus: 'ARCHIVED', progressPercent: 40 }, 'continue'],
    ['says enroll again to whose access ended', { standing: 'ended' }, 'enroll'],
    ['says what to finish first', { isPrepared: false }, 'prepare'],
    ['says so to who got access by another way', { isPrepared: false, standing: 'open' }, 'prepare'],
    ['lets a guest sign in before', { isPrepared: false, isGuest: true }, 'sign-in'],
    ['says no to who is suspended', { standing: 'suspended' }, 'suspended'],
    ['says no to strangers of an archived course', { courseStatus: 'ARCHIVED' }, 'closed'],
    ['opens the classroom for who teaches it', { isTeacher: true }, 'teach'],
    ['opens the classroom for who teaches it, while it is a draft', { isTeacher: true, courseStatus: 'DRAFT' }, 'teach'],
    ['is a learner’s for a teacher who enrolled', { isTeacher: true, standing: 'open' }, 'start'],
    ['says enroll to an admin', { isAdmin: true }, 'enroll'],
    ['opens the classroom of a draft for an admin', { isAdmin: true, courseStatus: 'DRAFT' }, 'teach'],
  ])('%s', (_sentence, facts, expected) => expect(nextStep({ ...student, ...facts })).toBe(expected));
});

describe('an enrollment', () => {
  test.each<[EnrollmentStatus, boolean, EnrollmentStatus | undefined]>([
    ['ACTIVE', false, undefined],
    ['COMPLETED', true, undefined],
    ['CANCELLED', false, 'ACTIVE'],
    ['CANCELLED', true, 'COMPLETED'],
    ['EXPIRED', false, 'ACTIVE'],
    ['EXPIRED', true, 'COMPLETED'],
    ['PENDING', false, 'ACTIVE'],
    ['SUSPENDED', false, undefined],
    ['SUSPENDED', true, undefined],
  ])('that is %s (finished: %s) becomes %s when access is given', (status, isFinished, expected) => {
    expect(statusOnAccess({ status, isFinished })).toBe(expected);
  });

  test('never goes from completed back to active by itself', () => expect(enrollmentTransitions.COMPLETED).not.toContain('ACTIVE'));
});

test.each([
  ['a student who has finished all that is asked for', false, 0, true],
  ['a student who has not', false, 1, false],
  ['who teaches it, helps in it or runs the school', true, 2, true],
])('%s may begin a course that asks for others: %s, %s missing, %s', (_who, isStaff, missingCount, expected) => {
  expect(isPrepared({ isStaff, missingCount })).toBe(expected);
});

test('notes are for whoever is signed in and has the lesson open', () => {
  const open = { kind: 'open' } as const;
  const locked = { kind: 'locked', reason: 'access-ended' } as const;
  const absent = { kind: 'absent' } as const;
  const may = (isGuest: boolean) => [open, locked, absent].map((access) => mayTakeNotes({ isGuest, access }));
  expect([may(false), may(true)]).toEqual([
    [true, false, false],
    [false, false, false],
  ]);
});

test('only who teaches a course sees it as a student when they ask for that', () => {
  const answers = [true, false].map((isStaff) => [true, false].map((asksForIt) => seesAsStudent({ isStaff, asksForIt })));
  expect(answers).toEqual([
    [true, false],
    [false, false],
  ]);
});
