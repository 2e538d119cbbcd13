import type { LocalDate } from '#platform/time.ts';
import { localDate } from '#platform/time.ts';
import { type DatedKind, type DatedRow, datedRows } from '../calendar/dated.ts';
import { whenInWords } from '../calendar/when.ts';

/** Something with a date that is near. */
export interface DueItem {
  id: string;
  kind: DatedKind;
  title: string;
  courseTitle: string;
  href: string;
  /** For machines. */
  at: string;
  /** On the learner's own calendar and clock: "Tomorrow, 6:00 PM". */
  when: string;
  state: 'late' | 'now' | 'today' | 'later';
}

const daysAhead = 14;
const lateDays = 30;
const mostItems = 6;

/** The SQL column of what is near for a person at a moment, both placeholders: the next two weeks, sessions that go on, and what may still be handed in late. */
export const dueSoonColumn = (person: string, moment: string) => `
  coalesce((select json_agg(d) from (
    select * from (${datedRows(person, moment, `${moment}::timestamptz - interval '${lateDays} days'`, `${moment}::timestamptz + interval '${daysAhead} days'`)}) d
     where not "isDone" and (at > ${moment}::timestamptz or "mayBeLate" or at + make_interval(mins => minutes) > ${moment}::timestamptz)
     order by at, id limit ${mostItems}) d), '[]')`;

/** A row as the dashboard shows it. */
export function dueItem(row: DatedRow, now: Date, timeZone: string, today: LocalDate): DueItem {
  const at = new Date(row.at);
  const isOver = at <= now;
  const state = isOver ? (row.kind === 'live' ? 'now' : 'late') : localDate(at, timeZone) === today ? 'today' : 'later';
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    courseTitle: row.courseTitle,
    href: row.lessonSlug ? `/learn/${row.courseSlug}/${row.lessonSlug}` : `/learn/${row.courseSlug}`,
    at: at.toISOString(),
    when: whenInWords(at, timeZone, today),
    state,
  };
}
