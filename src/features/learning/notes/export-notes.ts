import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { localDate } from '#platform/time.ts';
import { momentInWords } from './moment.ts';

interface Row {
  id: string;
  text: string;
  atSeconds: number | null;
  createdAt: Date;
  courseId: string;
  courseTitle: string;
  chapterId: string;
  chapterTitle: string;
  lessonId: string;
  lessonTitle: string;
  /** Its values in the order of the export. */
  place: string[];
}

const batchSize = 100;

const order = 'c.title, c.id, h.position, l.position, coalesce(n.at_seconds, 2147483647), n.id';
const joined = 'notes n join lessons l on l.id = n.lesson_id join chapters h on h.id = l.chapter_id join courses c on c.id = l.course_id';

/** In the order of the courses. What comes after a note is found by its place, so that a note that goes meanwhile takes no other with it. */
const notesAfter = statement<Row, [person: string, course: string | null, after: string[] | null]>(
  `select n.id, n.text, n.at_seconds as "atSeconds", n.created_at as "createdAt", c.id as "courseId", c.title as "courseTitle",
          h.id as "chapterId", h.title as "chapterTitle", l.id as "lessonId", l.title as "lessonTitle",
          array[c.title, c.id::text, h.position::text, l.position::text, coalesce(n.at_seconds, 2147483647)::text, n.id::text] as place
     from ${joined}
    where n.user_id = $1::uuid and ($2::text is null or c.slug = $2)
      and ($3::text[] is null or (${order})
        > (($3::text[])[1], (($3::text[])[2])::uuid, (($3::text[])[3])::int, (($3::text[])[4])::int, (($3::text[])[5])::int, (($3::text[])[6])::uuid))
    order by ${order} limit ${batchSize}`,
);

/**
 * The acting person's notes as Markdown, piece by piece: of one course, or of all. Headings are courses, chapters and lessons. Asks who may
 * before the first piece.
 */
export function exportNotes(ctx: Context, input: { course?: string | null }): AsyncGenerator<string> {
  const person = requirePerson(ctx);
  return pieces(ctx, person, input.course || null);
}

async function* pieces(ctx: Context, person: { id: string; timeZone: string }, course: string | null): AsyncGenerator<string> {
  yield '# Notes\n';
  let last: Row | undefined;
  do {
    const after = last?.place ?? null;
    const rows = await asActor(ctx, (sql) => sql(notesAfter, person.id, course, after));
    if (!last && rows.length === 0) yield '\nNothing is written down yet.\n';
    for (const row of rows) {
      yield headings(row, last) + written(row, person.timeZone);
      last = row;
    }
    if (rows.length < batchSize) return;
  } while (last);
}

function headings(row: Row, last: Row | undefined): string {
  const isNewCourse = row.courseId !== last?.courseId;
  const isNewChapter = isNewCourse || row.chapterId !== last?.chapterId;
  const isNewLesson = isNewChapter || row.lessonId !== last?.lessonId;
  return [
    isNewCourse && `\n## ${plain(row.courseTitle)}\n`,
    isNewChapter && `\n### ${plain(row.chapterTitle)}\n`,
    isNewLesson && `\n#### ${plain(row.lessonTitle)}\n`,
  ]
    .filter(Boolean)
    .join('');
}

function written(row: Row, timeZone: string): string {
  const moment = row.atSeconds === null ? '' : `**${momentInWords(row.atSeconds)}** · `;
  return `\n${moment}${localDate(row.createdAt, timeZone)}\n\n${row.text}\n`;
}

/** A title on one line, with nothing in it that Markdown would take for a sign. */
function plain(title: string): string {
  return title.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}
