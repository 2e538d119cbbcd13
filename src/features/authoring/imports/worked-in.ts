import type { Context } from '#platform/context.ts';
import type { KeptRows } from '#platform/database/kept-rows.ts';
import { statement } from '#platform/database/statement.ts';
import { systemContext } from '#platform/runtime.server.ts';
import type { WholeCourse } from './whole-course.ts';

type Ids = readonly string[];

const worked = statement<
  { found: boolean },
  [lessons: Ids, quizzes: Ids, questions: Ids, assignments: Ids, packages: Ids, liveSessions: Ids]
>(`
  select exists (select from lesson_progress where lesson_id = any ($1::uuid[]))
      or exists (select from notes where lesson_id = any ($1::uuid[]))
      or exists (select from posts where lesson_id = any ($1::uuid[]))
      or exists (select from quiz_attempts where quiz_id = any ($2::uuid[]))
      or exists (select from answers where question_id = any ($3::uuid[]))
      or exists (select from submissions where assignment_id = any ($4::uuid[]))
      or exists (select from package_attempts where package_id = any ($5::uuid[]))
      or exists (select from attendances where live_session_id = any ($6::uuid[])) as found`);

/** Whether anybody has written or done something in what going back to an earlier state of a course would delete. */
export async function isWorkedIn(ctx: Context, { before, now }: { before: WholeCourse; now: WholeCourse }): Promise<boolean> {
  const going = (rows: (whole: WholeCourse) => KeptRows) => {
    const kept = new Set(rows(before).map((row) => row.id));
    return rows(now).flatMap((row) => (kept.has(row.id) ? [] : [row.id as string]));
  };
  // Notes are their writer's, and nobody else sees them: the school asks, and says only that there are some.
  const [answer] = await systemContext(ctx.now).db.sql(
    worked,
    going((whole) => whole.course.rows.lessons),
    going((whole) => whole.quizzes.quizzes),
    going((whole) => whole.quizzes.questions),
    going((whole) => whole.quizzes.assignments),
    going((whole) => whole.packages.packages),
    going((whole) => whole.course.rows.liveSessions),
  );
  return answer?.found ?? false;
}
