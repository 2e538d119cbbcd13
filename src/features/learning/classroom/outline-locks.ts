import { momentInWords } from '#platform/time.ts';
import type { Outline, OutlineLesson, OutlineRow } from './outline.ts';

function opensLater(row: OutlineRow, { isStaff, now }: Outline): boolean {
  return !isStaff && row.opensAt !== null && row.opensAt > now;
}

/** When a chapter opens for the viewer, in words; null when it has. */
export function opensInWords(row: OutlineRow, outline: Outline): string | null {
  if (opensLater(row, outline)) return momentInWords(row.opensAt!, outline.timeZone);
  if (outline.isStaff || !row.waitsDays) return null;
  return row.waitsDays === 1 ? 'a day after you enroll' : `${row.waitsDays} days after you enroll`;
}

/** Why the viewer cannot open a lesson, as far as the outline says; null when they can. */
export function lockOf(row: OutlineRow, outline: Outline): OutlineLesson['lock'] {
  return row.isPreview ? null : chapterLockOf(row, outline);
}

/** The same of the introduction of its chapter, which no lesson's preview opens. */
export function introductionLockOf(row: OutlineRow, outline: Outline): OutlineLesson['lock'] {
  return row.isFreeChapter ? null : chapterLockOf(row, outline);
}

function chapterLockOf(row: OutlineRow, outline: Outline): OutlineLesson['lock'] {
  if (!outline.isOpenToViewer) return 'not-enrolled';
  return opensLater(row, outline) ? 'not-yet' : null;
}
