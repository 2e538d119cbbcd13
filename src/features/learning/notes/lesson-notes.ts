import { isId, newId } from '#platform/ids.ts';
import { type Note, type NoteRow, shownNote } from './note.ts';

/** A viewer's notes beside a lesson, in the order of the film; those without a moment come last. */
export interface LessonNotes {
  notes: Note[];
  mayAdd: boolean;
  /** The id that the next note will have. */
  nextId: string;
  isFirstPage: boolean;
  /** Where the next page begins. */
  following: string | null;
}

/** Where a page of notes begins: after this second and this note. */
export type NotesPlace = [afterSecond: number, afterId: string];

const pageSize = 30;
const beginning: NotesPlace = [-1, '00000000-0000-0000-0000-000000000000'];
const noMoment = 2_147_483_647;

/** A column of a query over lessons `l`: the notes of a person beside it, after a place. All three are placeholders. */
export const notesColumn = (person: string, afterSecond: string, afterId: string) => `
  (select coalesce(json_agg(json_build_object('id', n.id, 'text', n.text, 'atSeconds', n.at_seconds) order by n.place, n.id), '[]')
     from (select n.id, n.text, n.at_seconds, coalesce(n.at_seconds, ${noMoment}) as place from notes n
            where n.user_id = ${person}::uuid and n.lesson_id = l.id and (coalesce(n.at_seconds, ${noMoment}), n.id) > (${afterSecond}::int, ${afterId}::uuid)
            order by place, n.id limit ${pageSize + 1}) n)`;

/** A place as it stands in an address; what is none is the beginning. */
export function notesPlace(words: string | null | undefined): NotesPlace {
  const [, second = '', id = ''] = /^(\d{1,6}|none)\.(.{36})$/.exec(words ?? '') ?? [];
  return isId(id) ? [second === 'none' ? noMoment : Number(second), id] : beginning;
}

/** The notes of a lesson's page. */
export async function lessonNotes(rows: readonly NoteRow[], place: NotesPlace, mayAdd: boolean): Promise<LessonNotes> {
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1) : undefined;
  return {
    notes: await Promise.all(shown.map(shownNote)),
    mayAdd,
    nextId: newId(),
    isFirstPage: place[0] < 0,
    following: last ? `${last.atSeconds ?? 'none'}.${last.id}` : null,
  };
}
