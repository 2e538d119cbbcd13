import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { afterOutlineChange } from '../outline/after-outline-change.ts';
import { mayRunCatalogue } from '../policy.ts';
import { renderContent } from '../texts/render-content.ts';
import { renderFaq } from '../texts/render-faq.ts';
import { changesIn } from './changes-in.ts';
import { holdEditableCourse } from './editable-course.ts';
import { type CourseFields, courseFields } from './fields.ts';

/** Changes what a course says of itself; its address stays. Gives the names of the fields that are different now. */
export async function updateCourse(
  ctx: Context,
  { courseId, ...input }: { courseId: CourseId } & Partial<CourseFields>,
): Promise<string[]> {
  const { faq, ...fields } = parseInput(courseFields.partial(), input);
  return inTransaction(ctx, async (ctx) => {
    const course = await holdEditableCourse(ctx, courseId);
    const before = await ctx.db.prisma.course.findUniqueOrThrow({ where: { id: courseId } });
    const changes = changesIn(before, { ...fields, faq: faq && (await renderFaq(ctx, course, faq)) });
    if (changes.featured !== undefined && !mayRunCatalogue(ctx.actor)) throw new AppError('forbidden', 'Only admins feature a course.');
    const descriptionHtml = await renderContent(ctx, course, fields.description ?? before.description);
    if (descriptionHtml !== before.descriptionHtml || Object.keys(changes).length > 0)
      await ctx.db.prisma.course.update({ where: { id: courseId }, data: { ...changes, descriptionHtml } });
    // What counts towards the end of the course is another now.
    if (Object.keys(changes).some((name) => name.startsWith('completion'))) await afterOutlineChange(ctx, course);
    return Object.keys(changes);
  });
}
