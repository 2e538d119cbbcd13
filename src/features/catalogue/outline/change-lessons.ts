import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { holdEditableCourse } from '../write/editable-course.ts';
import { lessonFields } from '../write/fields.ts';
import { afterOutlineChange } from './after-outline-change.ts';

const schema = lessonFields
  .pick({ published: true, visibility: true, isRequired: true })
  .partial()
  .extend({ courseId: z.uuid(), lessonIds: z.array(z.uuid()).min(1, 'Choose a lesson first.').max(2000, 'At most 2000 lessons at once.') });

/** Changes who sees the chosen lessons of a course, and whether they count, all at once. Gives how many there were; one that was removed meanwhile is left alone. */
export async function changeLessons(ctx: Context, input: z.input<typeof schema>): Promise<{ changed: number }> {
  const { courseId, lessonIds, ...changes } = parseInput(schema, input);
  return inTransaction(ctx, async (ctx) => {
    const course = await holdEditableCourse(ctx, courseId as CourseId);
    const { count } = await ctx.db.prisma.lesson.updateMany({
      where: { id: { in: lessonIds }, courseId, removal: null },
      data: changes,
    });
    if (count > 0) await afterOutlineChange(ctx, course);
    return { changed: count };
  });
}
