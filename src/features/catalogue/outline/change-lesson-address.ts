import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { LessonId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { holdCourseOfLesson } from '../write/editable-course.ts';

const fields = z.object({
  address: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens, such as merge-sort.')
    .max(80, 'At most 80 characters.'),
});

// A text's HTML was made with the addresses of its course's lessons. In it only a link has these characters unescaped.
const relink = (['lessons', 'chapters'] as const).map((table) =>
  statement<unknown, [courseId: string, from: string, to: string]>(
    `update ${table} set content_html = replace(replace(content_html, 'href="' || $2 || '"', 'href="' || $3 || '"'), 'href="' || $2 || '#', 'href="' || $3 || '#')
      where course_id = $1::uuid and content_html like '%href="' || $2 || '%'`,
  ),
);

/** Gives a lesson another address within its course; links to it in the course's texts lead there from now on. */
export async function changeLessonAddress(ctx: Context, input: { lessonId: LessonId; address: string }): Promise<{ slug: string }> {
  const { address } = parseInput(fields, { address: input.address });
  return inTransaction(ctx, async (ctx) => {
    const course = await holdCourseOfLesson(ctx, input.lessonId);
    const { slug } = await ctx.db.prisma.lesson.findUniqueOrThrow({ where: { id: input.lessonId }, select: { slug: true } });
    if (slug === address) return { slug };
    const taken = await ctx.db.prisma.lesson.findFirst({ where: { courseId: course.id, slug: address }, select: { id: true } });
    if (taken) throw new AppError('conflict', 'This address is taken.', { fields: { address: 'Another lesson of this course has it.' } });
    await ctx.db.prisma.lesson.update({ where: { id: input.lessonId }, data: { slug: address } });
    for (const text of relink) await ctx.db.sql(text, course.id, `/learn/${course.slug}/${slug}`, `/learn/${course.slug}/${address}`);
    return { slug: address };
  });
}
