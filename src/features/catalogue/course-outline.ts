import { formatDuration } from '#platform/time.ts';

/** A chapter as a course's page lists it. */
export interface OutlineChapter {
  id: string;
  title: string;
  description: string | null;
  length: string | null;
  lessons: { slug: string; title: string; type: string; length: string | null; isPreview: boolean }[];
}

/** What `outlineColumn` gives. */
export interface OutlineRow {
  chapterId: string;
  chapterTitle: string;
  chapterDescription: string | null;
  chapterSeconds: number;
  slug: string;
  title: string;
  type: string;
  durationSeconds: number;
  isPreview: boolean;
  /** Counts towards the completion of the course. */
  counts: boolean;
}

/** The lessons of the course `k` that learners see, in order, as SQL. */
export const outlineColumn = `
  coalesce((select json_agg(json_build_object('chapterId', l.chapter_id, 'chapterTitle', h.title, 'chapterDescription', h.description,
                     'chapterSeconds', h.duration_seconds, 'slug', l.slug, 'title', l.title, 'type', l.type, 'durationSeconds', l.duration_seconds,
                     'isPreview', l.is_preview, 'counts', l.counts) order by l.chapter_position, l.position)
              from learner_lessons l join chapters h on h.id = l.chapter_id where l.course_id = k.id), '[]')`;

/** The chapters of those lessons. */
export function outlineOf(rows: readonly OutlineRow[]): OutlineChapter[] {
  const chapters: OutlineChapter[] = [];
  for (const row of rows) {
    if (chapters.at(-1)?.id !== row.chapterId) {
      chapters.push({
        id: row.chapterId,
        title: row.chapterTitle,
        description: row.chapterDescription,
        length: lengthOf(row.chapterSeconds),
        lessons: [],
      });
    }
    const { slug, title, type, durationSeconds, isPreview } = row;
    chapters.at(-1)?.lessons.push({ slug, title, type, length: lengthOf(durationSeconds), isPreview });
  }
  return chapters;
}

/** A length in words; null when it is not known. */
export function lengthOf(seconds: number): string | null {
  return seconds > 0 ? formatDuration(seconds) : null;
}
