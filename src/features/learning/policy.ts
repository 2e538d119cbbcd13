import type { LessonType } from '#features/catalogue/index.server.ts';

export type EnrollmentStatus = 'PENDING' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'SUSPENDED' | 'EXPIRED';
export type CourseStatus = 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';

/** Where an actor stands with a course. `open`: enrolled, and a grant lives. `ended`: was enrolled, and none lives any more. */
export type Standing = 'none' | 'open' | 'ended' | 'suspended';

/** The standing that an enrollment gives. */
export function standingOf(enrollment: { status: EnrollmentStatus | null; hasLiveGrant: boolean }): Standing {
  switch (enrollment.status) {
    case null:
    case 'PENDING':
      return 'none';
    case 'SUSPENDED':
      return 'suspended';
    case 'ACTIVE':
    case 'COMPLETED':
      return enrollment.hasLiveGrant ? 'open' : 'ended';
    case 'CANCELLED':
    case 'EXPIRED':
      return 'ended';
  }
}

/** Everything that decides whether somebody may see a lesson. */
export interface LessonFacts {
  /** The actor teaches the course or runs the school. */
  isStaff: boolean;
  standing: Standing;
  courseStatus: CourseStatus;
  /** The lesson and its chapter are. */
  isPublished: boolean;
  /** The lesson or its chapter is kept from learners. */
  isHidden: boolean;
  /** Anybody may see it. */
  isPreview: boolean;
  /** When its chapter opens for this learner; null is at once. */
  opensAt: Date | null;
  /** Nothing has to be finished first. */
  isPrepared: boolean;
}

export type LockReason = 'not-enrolled' | 'access-ended' | 'suspended' | 'not-published' | 'prerequisites' | 'not-yet';
export type LessonAccess = { kind: 'open' } | { kind: 'locked'; reason: LockReason } | { kind: 'absent' };

const open: LessonAccess = { kind: 'open' };
const absent: LessonAccess = { kind: 'absent' };
const locked = (reason: LockReason): LessonAccess => ({ kind: 'locked', reason });

/** Whether a lesson is open to the actor; if not, why, as far as the actor may know that it is there. */
export function lessonAccess(facts: LessonFacts, now: Date): LessonAccess {
  if (facts.isStaff) return open;
  if (facts.isHidden) return absent;
  const isOffered = facts.courseStatus === 'PUBLISHED' && facts.isPublished;
  if (facts.standing !== 'open') {
    if (!isOffered) return absent;
    if (facts.isPreview) return open;
    return locked(facts.standing === 'none' ? 'not-enrolled' : facts.standing === 'suspended' ? 'suspended' : 'access-ended');
  }
  if (facts.courseStatus === 'DRAFT' || !facts.isPublished) return locked('not-published');
  if (!facts.isPreview && !facts.isPrepared) return locked('prerequisites');
  if (!facts.isPreview && facts.opensAt && facts.opensAt > now) return locked('not-yet');
  return open;
}

/** Whether the actor meets a course as a student who enrolled just now would: who teaches it may ask for that. For everybody else it changes nothing. */
export function seesAsStudent(facts: { isStaff: boolean; asksForIt: boolean }): boolean {
  return facts.isStaff && facts.asksForIt;
}

/** Whether nothing stands before a course for somebody: what it asks for is finished, or they teach it, help in it, or run the school. */
export function isPrepared(facts: { isStaff: boolean; missingCount: number }): boolean {
  return facts.isStaff || facts.missingCount === 0;
}

/** Whether an actor may write notes beside a lesson: whoever is signed in and has it open. Their own they keep for good. */
export function mayTakeNotes(facts: { isGuest: boolean; access: LessonAccess }): boolean {
  return !facts.isGuest && facts.access.kind === 'open';
}

/** What decides whether a learner may mark a lesson by hand. */
export interface MarkFacts {
  type: LessonType;
  /** How long the film is; 0 when there is none, or nobody has said. */
  durationSeconds: number;
  /** Whether the course lets learners mark videos. */
  allowsManualCompletion: boolean;
  isCompleted: boolean;
  /** The completion was earned by watching: it would come back with the next report. */
  isWatchedThrough: boolean;
}

/** Whether a learner may mark an open lesson as complete. What is graded or played elsewhere completes itself; a film of unknown length cannot, because nobody can tell how much of it was watched. */
export function mayMarkComplete(facts: MarkFacts): boolean {
  if (facts.isCompleted) return false;
  if (facts.type === 'VIDEO') return facts.allowsManualCompletion || facts.durationSeconds === 0;
  return facts.type === 'TEXT' || facts.type === 'LIVE_SESSION';
}

/** Whether a learner may take a completion back: what was marked by hand may be unmarked, what was earned stays. */
export function mayReopen(facts: MarkFacts): boolean {
  return facts.isCompleted && !facts.isWatchedThrough && mayMarkComplete({ ...facts, isCompleted: false });
}

/** What decides which way on a course page offers. */
export interface CourseFacts {
  isGuest: boolean;
  /** Teaches this course. */
  isTeacher: boolean;
  /** Runs the school. */
  isAdmin: boolean;
  standing: Standing;
  courseStatus: CourseStatus;
  isFree: boolean;
  /** Nothing has to be finished first. */
  isPrepared: boolean;
  progressPercent: number;
  /** Has finished it, and the certificate of that holds. */
  hasCertificate?: boolean;
}

/** The one true next step with a course: what its button says and does. */
export type NextStep =
  | 'teach'
  | 'start'
  | 'continue'
  | 'review'
  | 'certificate'
  | 'enroll'
  | 'prepare'
  | 'sign-in'
  | 'purchase'
  | 'suspended'
  | 'closed';

/** The next step of an actor with a course. */
export function nextStep(facts: CourseFacts): NextStep {
  if (facts.standing === 'open' && facts.courseStatus !== 'DRAFT') {
    if (facts.progressPercent === 100) return facts.hasCertificate ? 'certificate' : 'review';
    if (!facts.isPrepared) return 'prepare';
    return facts.progressPercent === 0 ? 'start' : 'continue';
  }
  if (facts.isTeacher) return 'teach';
  if (facts.standing === 'suspended') return 'suspended';
  if (facts.courseStatus !== 'PUBLISHED') return facts.isAdmin ? 'teach' : 'closed';
  if (!facts.isFree) return 'purchase';
  if (facts.isGuest) return 'sign-in';
  return facts.isPrepared ? 'enroll' : 'prepare';
}

/** The ways an enrollment's state may go. A completion is never taken away: what ended comes back as what it was. */
export const enrollmentTransitions: Record<EnrollmentStatus, readonly EnrollmentStatus[]> = {
  PENDING: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['COMPLETED', 'CANCELLED', 'SUSPENDED', 'EXPIRED'],
  COMPLETED: ['CANCELLED', 'SUSPENDED', 'EXPIRED'],
  CANCELLED: ['ACTIVE', 'COMPLETED'],
  SUSPENDED: ['ACTIVE', 'COMPLETED', 'CANCELLED'],
  EXPIRED: ['ACTIVE', 'COMPLETED', 'CANCELLED'],
};

/** The state that an enrollment takes when its person gets access by themselves; undefined when it stays as it is. Only staff end a suspension. */
export function statusOnAccess(enrollment: { status: EnrollmentStatus; isFinished: boolean }): EnrollmentStatus | undefined {
  const wanted = enrollment.isFinished ? 'COMPLETED' : 'ACTIVE';
  const isOpenOrHeld = enrollment.status === 'ACTIVE' || enrollment.status === 'COMPLETED' || enrollment.status === 'SUSPENDED';
  return !isOpenOrHeld && enrollmentTransitions[enrollment.status].includes(wanted) ? wanted : undefined;
}
