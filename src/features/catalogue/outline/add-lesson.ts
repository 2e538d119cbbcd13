import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { type ChapterId, type LessonId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { renderContent } from '../texts/render-content.ts';
import { holdCourseOfChapter } from '../write/editable-course.ts';
import { type LessonFields, lessonFields } from '../write/fields.ts';
import { freeSlug, slugOf } from '../write/slug.ts';
import { afterOutlineChange } from './after-outline-change.ts';

export interface NewLesson extends Partial<LessonFields> {
  chapterId: ChapterId;
  title: string;
  /** The wanted end of its address; made from the title when it is left out. */
  slug?: string;
}

/** Adds a lesson at the end of a chapter. */
export async function addLesson(ctx: Context, { chapterId, slug: wanted, ...input }: NewLesson): Promise<{ id: LessonId; slug: string }> {
  const fields = parseInput(lessonFields.partial().required({ title: true }), input);
  return inTransaction(ctx, async (ctx) => {
    const course = await holdCourseOfChapter(ctx, chapterId);
    const others = await ctx.db.prisma.lesson.findMany({
      where: { courseId: course.id },
      select: { slug: true, chapterId: true, position: true },
    });
    const id = newId<'lesson'>();
    const slug = freeSlug(
      slugOf(wanted ?? fields.title, 'lesson'),
      others.map((other) => other.slug),
    );
    const position = 1 + Math.max(0, ...others.filter((other) => other.chapterId === chapterId).map((other) => other.position));
    const contentHtml = await renderContent(ctx, course, fields.content ?? '');
    await ctx.db.prisma.lesson.create({
      data: { ...fields, id, courseId: course.id, chapterId, slug, position, contentHtml, createdAt: ctx.now },
    });
    await afterOutlineChange(ctx, course);
    return { id, slug };
  });
}
