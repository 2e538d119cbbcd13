import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { type LocalDate, localDate } from '#platform/time.ts';
import { type Note, type NoteRow, shownNote } from './note.ts';

/** Everything that somebody wrote down, newest first, as far as it fits the search. */
export interface MyNotes {
  search: string;
  /** The course that is chosen. */
  course: string | null;
  /** Courses with notes. */
  courses: { slug: string; title: string }[];
  notes: MyNote[];
  isFirstPage: boolean;
  /** Where the next page begins. */
  older: string | null;
}

export interface MyNote extends Note {
  courseTitle: string;
  courseSlug: string;
  lessonTitle: string;
  lessonSlug: string;
  isVideo: boolean;
  /** On the writer's own calendar. */
  writtenOn: LocalDate;
}

type Row = NoteRow & Omit<MyNote, 'html' | 'writtenOn'> & { createdAt: Date };

const pageSize = 20;
const mostWords = 8;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time.
const notesBefore = statement<Row, [person: string, before: string, words: string[], course: string | null]>(
  `select n.id, n.text, n.at_seconds as "atSeconds", n.created_at as "createdAt", c.title as "courseTitle", c.slug as "courseSlug",
          l.title as "lessonTitle", l.slug as "lessonSlug", l.type = 'VIDEO' as "isVideo"
     from notes n join lessons l on l.id = n.lesson_id join courses c on c.id = l.course_id
    where n.user_id = $1::uuid and n.id < $2::uuid and ($4::text is null or c.slug = $4)
      and not exists (select from unnest($3::text[]) word where strpos(search_text(n.text || ' ' || l.title), search_text(word)) = 0)
    order by n.id desc limit ${pageSize + 1}`,
);

const coursesWithNotes = statement<{ slug: string; title: string }, [person: string]>(
  `select c.slug, c.title from courses c
    where c.id in (select l.course_id from lessons l where l.id in (select n.lesson_id from notes n where n.user_id = $1::uuid))
    order by c.title, c.id limit 200`,
);

/** The notes of the acting person. Every word of the search must stand in the note or in its lesson's title; accents and case do not count. */
export async function myNotes(
  ctx: Context,
  input: { search?: string | null; course?: string | null; before?: string | null },
): Promise<MyNotes> {
  const person = requirePerson(ctx);
  const search = (input.search ?? '').trim().slice(0, 100);
  const words = search.split(/\s+/).filter(Boolean).slice(0, mostWords);
  const before = input.before && isId(input.before) ? input.before : null;
  const course = input.course || null;
  const [rows, courses] = await asActor(ctx, (sql) =>
    Promise.all([sql(notesBefore, person.id, before ?? lastId, words, course), sql(coursesWithNotes, person.id)]),
  );
  const shown = rows.slice(0, pageSize);
  return {
    search,
    course,
    courses,
    notes: await Promise.all(shown.map((row) => myNote(row, person.timeZone))),
    isFirstPage: before === null,
    older: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
  };
}

async function myNote({ createdAt, ...row }: Row, timeZone: string): Promise<MyNote> {
  return { ...row, ...(await shownNote(row)), writtenOn: localDate(createdAt, timeZone) };
}
