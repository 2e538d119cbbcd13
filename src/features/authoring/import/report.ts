import type { CourseId } from '#platform/ids.ts';

/** Something that an import has to say of a place in the source. */
export interface Item {
  path: string;
  what: string;
}

/** What an import did. `--json` prints it whole. */
export interface ImportReport {
  format: string;
  course: { id: CourseId; slug: string; title: string };
  outcome: 'created' | 'updated' | 'unchanged';
  publishing: { kind: 'not-asked' | 'published' | 'already-published' } | { kind: 'incomplete'; missing: string[] };
  durationSeconds: number;
  counts: { chapters: number; lessons: number; pictures: number; attachments: number; videos: number; questions: number };
  chapters: { title: string; source: string; lessons: ImportedLine[] }[];
  /** Lessons that were imported before and are no longer in the source: hidden from learners, with everybody's progress kept. */
  hidden: { title: string; source: string }[];
  /** Every file and component of the source that came in, and as what. */
  cameIn: Item[];
  /** What has no form here yet, and is kept whole where the course's instructors find it. */
  kept: Item[];
  /** What is not as it was written. */
  changed: Item[];
  /** What did not come in, and why. */
  leftOut: Item[];
}

export interface ImportedLine {
  title: string;
  slug: string;
  source: string;
  outcome: 'added' | 'changed' | 'unchanged';
}
