import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { type CourseId, newId, type UserId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { mayCreateCourse, mayRunCatalogue } from '../policy.ts';
import { renderContent } from '../texts/render-content.ts';
import { renderFaq } from '../texts/render-faq.ts';
import { type CourseFields, courseFields } from './fields.ts';
import { freeCourseSlug, slugOf } from './slug.ts';

export interface NewCourse extends Partial<CourseFields> {
  title: string;
  instructorId: UserId;
  /** The wanted end of its address; made from the title when it is left out. */
  slug?: string;
  /** Names the source that an import came from, among the instructor's imports. */
  importKey?: string;
}

/** Makes a course, as a draft with nothing in it. */
export async function createCourse(
  ctx: Context,
  { instructorId, importKey, slug, ...input }: NewCourse,
): Promise<{ id: CourseId; slug: string }> {
  if (!mayCreateCourse(ctx.actor, instructorId)) throw new AppError('forbidden', 'Only instructors make courses, and for themselves.');
  const { faq, ...fields } = parseInput(courseFields.partial().required({ title: true }), input);
  if (fields.featured && !mayRunCatalogue(ctx.actor)) throw new AppError('forbidden', 'Only admins feature a course.');
  return inTransaction(ctx, async (ctx) => {
    const course = { id: newId<'course'>(), slug: await freeCourseSlug(ctx, slugOf(slug ?? fields.title, 'course')) };
    const draft = { ...course, isDraft: true };
    const html = {
      descriptionHtml: await renderContent(ctx, draft, fields.description ?? ''),
      faq: await renderFaq(ctx, draft, faq ?? []),
    };
    await ctx.db.prisma.course.create({ data: { ...fields, ...course, ...html, instructorId, importKey, createdAt: ctx.now } });
    return course;
  });
}
