import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';

const count = statement<unknown, [courseId: string]>('select count_student($1)');

/** Counts one more student of a course. Its row and its categories' rows are what all who enroll take turns at, so call it last in the transaction. */
export async function countStudent(ctx: Context, input: { courseId: CourseId }): Promise<void> {
  await ctx.db.sql(count, input.courseId);
}
