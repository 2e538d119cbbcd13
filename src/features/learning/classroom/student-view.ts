import type { IntroductionRow } from '../introduction/introduction-row.ts';
import { type LessonAccess, lessonAccess, type Standing } from '../policy.ts';
import type { WholeRow } from './lesson-content.ts';
import type { JudgedRow } from './lesson-facts.ts';
import type { OutlineRow } from './outline.ts';

const dayMs = 86_400_000;

/** When a chapter opens for somebody who enrolls now. */
function opensForNew({ releaseAt, releaseAfterDays }: Pick<WholeRow, 'releaseAt' | 'releaseAfterDays'>, now: Date): Date | null {
  if (releaseAt) return releaseAt;
  return releaseAfterDays === null ? null : new Date(now.getTime() + releaseAfterDays * dayMs);
}

/** What is true of a student who enrolls now in the course as it will be published. */
function ofNewStudent(row: Pick<WholeRow, 'releaseAt' | 'releaseAfterDays'>, now: Date) {
  return {
    courseStatus: 'PUBLISHED' as const,
    isStaff: false,
    opensAt: opensForNew(row, now),
    prerequisites: [],
    accessUntil: null,
    accessEnded: null,
  };
}

/** A lesson as it is for that student. */
export function lessonOfNewStudent(row: WholeRow, now: Date): WholeRow {
  return { ...row, ...ofNewStudent(row, now), isCompleted: false, completedAt: null, watchedPercent: 0, positionSeconds: 0 };
}

/** The introduction of a chapter for the same student. */
export function introductionOfNewStudent(row: IntroductionRow, now: Date): IntroductionRow {
  return { ...row, ...ofNewStudent(row, now) };
}

/** The outline for the same student. */
export function outlineOfNewStudent(rows: readonly OutlineRow[], now: Date): OutlineRow[] {
  return rows.map((row) => ({ ...row, opensAt: opensForNew(row, now), waitsDays: null, isCompleted: false, isNew: false }));
}

/** Where that student stands: enrolled, with nothing to be finished first. */
export function judgeAsNewStudent(
  row: JudgedRow,
  now: Date,
): { standing: Standing; isStaff: false; isPrepared: true; access: LessonAccess } {
  const standing = 'open';
  return { standing, isStaff: false, isPrepared: true, access: lessonAccess({ ...row, isStaff: false, standing, isPrepared: true }, now) };
}
