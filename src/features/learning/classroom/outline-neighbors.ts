import type { Outline, OutlineRow } from './outline.ts';
import { introductionLockOf, lockOf } from './outline-locks.ts';

/** What comes before or after a page of the classroom: a lesson, or the introduction of a chapter. */
export interface Neighbor {
  /** Behind the classroom's address: `the-squat`, `chapters/<id>`. */
  path: string;
  title: string;
  /** The viewer can open it. */
  isOpen: boolean;
}

/** What comes before and after the page that is shown; a chapter's introduction comes before its first lesson. */
export function neighborsOf(outline: Outline): { previous: Neighbor | null; next: Neighbor | null } {
  const stops = outline.rows.flatMap((row, index, rows): [id: string, Neighbor][] => {
    const lesson: [string, Neighbor] = [row.id, { path: row.slug, title: row.title, isOpen: lockOf(row, outline) === null }];
    const begins = row.chapterId !== rows[index - 1]?.chapterId;
    return begins && row.hasIntroduction ? [[row.chapterId, introduction(row, outline)], lesson] : [lesson];
  });
  const place = stops.findIndex(([id]) => id === outline.currentId);
  const at = (index: number) => (place < 0 ? null : (stops[index]?.[1] ?? null));
  return { previous: at(place - 1), next: at(place + 1) };
}

function introduction(row: OutlineRow, outline: Outline): Neighbor {
  return {
    path: `chapters/${row.chapterId}`,
    title: `Introduction: ${row.chapterTitle}`,
    isOpen: introductionLockOf(row, outline) === null,
  };
}
