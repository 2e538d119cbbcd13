import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseId } from '#platform/ids.ts';
import { recountCategories } from '../categories/recount-categories.ts';
import { mayLeadCourse } from '../policy.ts';
import { holdEditableCourse } from './editable-course.ts';

const standing = statement<{ students: number; instructorId: string; isSold: boolean; categoryIds: string[] }, [string]>(`
  select c.student_count as students, c.instructor_id as "instructorId",
    exists (select from products p where p.course_id = c.id) or exists (select from product_courses p where p.course_id = c.id) as "isSold",
    array(select category_id::text from course_categories k where k.course_id = c.id) as "categoryIds"
  from courses c where c.id = $1`);

/** Deletes a course with everything in it. Refused while anybody is enrolled or it is sold: their work and their money are in it. */
export async function deleteCourse(ctx: Context, { courseId }: { courseId: CourseId }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await holdEditableCourse(ctx, courseId);
    const [course] = await ctx.db.sql(standing, courseId);
    if (course && !mayLeadCourse(ctx.actor, course)) throw new AppError('forbidden', 'Only who owns this course deletes it.');
    if (!course || course.students > 0)
      throw new AppError('conflict', 'People are enrolled in this course: deleting it would take their work with it. Archive it instead.');
    if (course.isSold) throw new AppError('conflict', 'This course is sold: take it out of its products first.');
    await ctx.db.prisma.course.delete({ where: { id: courseId }, select: { id: true } });
    if (course.categoryIds.length > 0) await recountCategories(ctx, course.categoryIds);
  });
}
