import type { Actor } from '#platform/context.ts';
import type { EnrollmentStatus } from '../policy.ts';

/** How much of a course one has finished before one says what it is like. */
export const leastPercentToReview = 20;

/** What decides whether somebody may review a course. */
export interface ReviewFacts {
  actor: Actor;
  /** Teaches the course. */
  isTeacher: boolean;
  status: EnrollmentStatus | null;
  progressPercent: number;
  /** Once had finished all of it, whatever was added since. */
  isFinished: boolean;
  hasReview: boolean;
}

/** `write` and `change` are what one may do; `not-yet` asks for more of the course first, `none` is not for this person. */
export type ReviewStep = 'write' | 'change' | 'not-yet' | 'none';

/** What the actor may do about a review of their own. Nobody reviews what they teach, and no admin in the name of another. */
export function reviewStep({ actor, isTeacher, status, progressPercent, isFinished, hasReview }: ReviewFacts): ReviewStep {
  if (actor.kind !== 'person' || actor.session?.impersonator || isTeacher) return 'none';
  if (status === null || status === 'PENDING' || status === 'SUSPENDED') return 'none';
  if (hasReview) return 'change';
  return isFinished || progressPercent >= leastPercentToReview ? 'write' : 'not-yet';
}
