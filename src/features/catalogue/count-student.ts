import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';

const countInCourse = statement<unknown, [courseId: string]>('update courses set student_count = student_count + 1 where id = $1');

// Held in one order, so that two courses of the same categories never wait for each other in a circle.
const countInCategories = statement<unknown, [courseId: string]>(
  `with held as (
     select c.id from categories c join course_categories k on k.category_id = c.id where k.course_id = $1 order by c.id for no key update of c
   )
   update categories set student_count = student_count + 1 from held where categories.id = held.id`,
);

/** Counts one more student of a course. Its row and its categories' rows are what all who enroll take turns at, so call it last in the transaction. */
export async function countStudent(ctx: Context, input: { courseId: CourseId }): Promise<void> {
  await Promise.all([ctx.db.sql(countInCourse, input.courseId), ctx.db.sql(countInCategories, input.courseId)]);
}
