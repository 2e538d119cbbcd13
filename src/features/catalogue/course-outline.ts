import { statement } from '#platform/database/statement.ts';
import { formatDuration } from '#platform/time.ts';

/** A chapter as a course's page lists it. */
export interface OutlineChapter {
  id: string;
  title: string;
  description: string | null;
  length: string | null;
  lessons: { slug: string; title: string; type: string; length: string | null; isPreview: boolean }[];
}

interface LessonRow {
  chapterId: string;
  chapterTitle: string;
  chapterDescription: string | null;
  chapterSeconds: number;
  slug: string;
  title: string;
  type: string;
  durationSeconds: number;
  isPreview: boolean;
}

/** The lessons of a course that learners see, in order. */
export const outlineBySlug = statement<LessonRow, [slug: string]>(
  `select l.chapter_id as "chapterId", h.title as "chapterTitle", h.description as "chapterDescription", h.duration_seconds as "chapterSeconds",
          l.slug, l.title, l.type, l.duration_seconds as "durationSeconds", l.is_preview as "isPreview"
     from learner_lessons l join chapters h on h.id = l.chapter_id
    where l.course_id = (select id from courses where slug = $1)
    order by l.chapter_position, l.position`,
);

/** The chapters of those lessons. */
export function outlineOf(rows: readonly LessonRow[]): OutlineChapter[] {
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
