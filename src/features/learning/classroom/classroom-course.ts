import type { Context } from '#platform/context.ts';
import { type LocalDate, localDate } from '#platform/time.ts';
import { missingOf, type Prerequisite } from '../enrollment/prerequisites.ts';
import { type NextStep, nextStep } from '../policy.ts';
import { timeZoneOf, type WholeRow } from './lesson-content.ts';
import { isAdmin, type Judgment } from './lesson-facts.ts';

/** What every page of a classroom says of its course. */
export interface ClassroomCourse {
  slug: string;
  title: string;
  isFree: boolean;
  step: NextStep;
  /** What has to be finished first. */
  missing: Prerequisite[];
  /** The learner's own day on which their access ends. */
  accessUntil: LocalDate | null;
}

type Row = Pick<WholeRow, 'courseSlug' | 'courseTitle' | 'courseStatus' | 'isFree' | 'isStaff' | 'prerequisites' | 'accessUntil'>;

/** The course of a page, and the viewer's next step with it. */
export function classroomCourse(
  ctx: Context,
  row: Row,
  { standing, isPrepared, isStudentView }: Pick<Judgment, 'standing' | 'isPrepared'> & { isStudentView: boolean },
): ClassroomCourse {
  const isGuest = ctx.actor.kind === 'guest';
  const step = nextStep({
    ...row,
    isGuest,
    isTeacher: row.isStaff,
    isAdmin: isAdmin(ctx) && !isStudentView,
    standing,
    isPrepared: isPrepared || isGuest,
    progressPercent: 0,
  });
  return {
    slug: row.courseSlug,
    title: row.courseTitle,
    isFree: row.isFree,
    step,
    missing: isPrepared ? [] : missingOf(row.prerequisites),
    accessUntil: standing === 'open' && row.accessUntil ? localDate(row.accessUntil, timeZoneOf(ctx)) : null,
  };
}
