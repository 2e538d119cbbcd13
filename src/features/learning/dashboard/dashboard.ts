import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { localDate } from '#platform/time.ts';
import type { DatedRow } from '../calendar/dated.ts';
import { type DueItem, dueItem, dueSoonColumn } from './due-soon.ts';
import { type ContinueCard, type EnrollmentCard, enrollmentCard, enrollmentsOf, mostCourses } from './enrollments.ts';
import { type RecentNote, type RecentNoteRow, recentNote, recentNotesColumn } from './recent-notes.ts';
import { popular, type RecommendedCourse, recommendedCourses } from './recommended-courses.ts';
import { type LearningWeek, learningWeek, type WeekRow, weekColumns } from './week.ts';

/** What a learner sees first: what to go on with, what is due, their week, their notes, their courses, and what they might take next. */
export interface Dashboard {
  continueWith: ContinueCard | null;
  due: DueItem[];
  week: LearningWeek;
  notes: RecentNote[];
  /** Begun and not finished, without the one to continue; the latest first. */
  inProgress: EnrollmentCard[];
  completed: EnrollmentCard[];
  /** There are more courses than are shown. */
  hasMore: boolean;
  recommended: RecommendedCourse[];
}

interface OwnRow extends WeekRow {
  enrolledIn: string[];
  notes: RecentNoteRow[];
  due: DatedRow[];
}

const ownOf = statement<OwnRow, [person: string, moment: string, today: string]>(
  `select ${weekColumns('$1', '$3')}, ${recentNotesColumn('$1')} as notes, ${dueSoonColumn('$1', '$2')} as due,
          array(select course_id from enrollments where user_id = $1::uuid)::text[] as "enrolledIn"
     from (select) one left join student_profiles p on p.user_id = $1::uuid`,
);

/** The dashboard of the acting person. */
export async function dashboard(ctx: Context): Promise<Dashboard> {
  const { id, timeZone } = requirePerson(ctx);
  const today = localDate(ctx.now, timeZone);
  const moment = ctx.now.toISOString();
  const [enrollments, [own], courses] = await asActor(ctx, (sql) =>
    Promise.all([sql(enrollmentsOf, id, moment), sql(ownOf, id, moment, today), popular(ctx, sql)]),
  );
  if (!own) throw new Error('A select without a condition gave no row');
  const shown = enrollments.slice(0, mostCourses);
  const unfinished = shown.filter(({ completedAt }) => completedAt === null);
  const [first] = unfinished;
  return {
    continueWith: first ? { ...enrollmentCard(first, timeZone), lesson: first.lesson, isNew: first.isNew } : null,
    due: own.due.map((row) => dueItem(row, ctx.now, timeZone, today)),
    week: learningWeek(own, today, ctx.now),
    notes: own.notes.map(recentNote),
    inProgress: unfinished.slice(1).map((row) => enrollmentCard(row, timeZone)),
    completed: shown.filter(({ completedAt }) => completedAt !== null).map((row) => enrollmentCard(row, timeZone)),
    hasMore: enrollments.length > mostCourses,
    recommended: recommendedCourses(courses, { id, enrolledIn: own.enrolledIn, courses: shown }),
  };
}
