import { type LessonAccess, lessonAccess, type Standing } from '../policy.ts';
import type { WholeRow } from './lesson-content.ts';
import type { OutlineRow } from './outline.ts';

const dayMs = 86_400_000;

/** When a chapter opens for somebody who enrolls now. */
function opensForNew({ releaseAt, releaseAfterDays }: Pick<WholeRow, 'releaseAt' | 'releaseAfterDays'>, now: Date): Date | null {
  if (releaseAt) return releaseAt;
  return releaseAfterDays === null ? null : new Date(now.getTime() + releaseAfterDays * dayMs);
}

/** A lesson as it is for a student who enrolls now in the course as it will be published. */
export function lessonOfNewStudent(row: WholeRow, now: Date): WholeRow {
  return {
    ...row,
    courseStatus: 'PUBLISHED',
    isStaff: false,
    opensAt: opensForNew(row, now),
    prerequisites: [],
    isCompleted: false,
    completedAt: null,
    watchedPercent: 0,
    positionSeconds: 0,
    accessUntil: null,
    accessEnded: null,
  };
}

/** The outline for the same student. */
export function outlineOfNewStudent(rows: readonly OutlineRow[], now: Date): OutlineRow[] {
  return rows.map((row) => ({ ...row, opensAt: opensForNew(row, now), waitsDays: null, isCompleted: false, isNew: false }));
}

/** Where that student stands: enrolled, with nothing to be finished first. */
export function judgeAsNewStudent(
  row: WholeRow,
  now: Date,
): { standing: Standing; isStaff: false; isPrepared: true; access: LessonAccess } {
  const standing = 'open';
  return { standing, isStaff: false, isPrepared: true, access: lessonAccess({ ...row, isStaff: false, standing, isPrepared: true }, now) };
}
