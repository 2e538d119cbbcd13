import { excerpt } from '#platform/markdown/reading.ts';
import { remembering } from '#platform/remembering.ts';
import { momentInWords } from '../notes/moment.ts';

/** One of the notes that somebody wrote last. */
export interface RecentNote {
  id: string;
  text: string;
  /** "1:15", the moment of the film. */
  moment: string | null;
  lessonTitle: string;
  href: string;
}

/** What the database knows of it. */
export interface RecentNoteRow {
  id: string;
  text: string;
  atSeconds: number | null;
  lessonTitle: string;
  lessonSlug: string;
  courseSlug: string;
}

/** The SQL column of the last three notes of a person, which is a placeholder. Ids are UUIDv7: their order is the order of time. */
export const recentNotesColumn = (person: string) => `
  coalesce((select json_agg(n) from (
    select n.id, left(n.text, 600) as text, n.at_seconds as "atSeconds", l.title as "lessonTitle", l.slug as "lessonSlug", c.slug as "courseSlug"
      from notes n join lessons l on l.id = n.lesson_id join courses c on c.id = l.course_id
     where n.user_id = ${person}::uuid order by n.id desc limit 3) n), '[]')`;

const longest = 140;

/** How a note begins; one of nothing but code has no paragraph. */
const beginning = remembering(500, (text) => excerpt(text, longest) || text.replace(/\s+/g, ' ').slice(0, longest));

/** A note as the dashboard shows it: its beginning, without Markdown's signs. */
export function recentNote({ id, text, atSeconds, lessonTitle, lessonSlug, courseSlug }: RecentNoteRow): RecentNote {
  const lesson = `/learn/${courseSlug}/${lessonSlug}`;
  return {
    id,
    text: beginning(text),
    moment: atSeconds === null ? null : momentInWords(atSeconds),
    lessonTitle,
    href: atSeconds === null ? lesson : `${lesson}?t=${atSeconds}`,
  };
}
