import { addChapter, addLesson } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { ChapterId, CourseId } from '#platform/ids.ts';
import { isThere } from '../studio/studio-course.ts';

/** The kinds of lesson that one begins here; the others come with what fills them. */
const kinds = ['TEXT', 'VIDEO'] as const;

const isDraftOf = statement<{ isDraft: boolean }, [chapterId: string]>(`
  select k.status = 'DRAFT' as "isDraft" from chapters c join courses k on k.id = c.course_id where c.id = $1 and ${isThere('chapter_id', 'c.id')}`);

/** Adds a chapter at the end of a course, to be seen as its lessons are. */
export function beginChapter(ctx: Context, input: { courseId: CourseId; title: string }): Promise<ChapterId> {
  return addChapter(ctx, { ...input, published: true, visibility: 'PUBLIC' });
}

/**
 * Adds a lesson at the end of a chapter. In a draft it is published from the start, since nobody sees the course yet; in a course that people take it
 * begins unpublished, so that nobody meets it half written.
 */
export async function beginLesson(ctx: Context, input: { chapterId: ChapterId; title: string; type: string }): Promise<{ slug: string }> {
  const type = kinds.find((kind) => kind === input.type);
  if (!type) throw new AppError('invalid', 'Choose a text or a video.');
  const [course] = await ctx.db.sql(isDraftOf, input.chapterId);
  if (!course) throw new AppError('not-found', 'There is no such chapter among yours.');
  return addLesson(ctx, {
    chapterId: input.chapterId,
    title: input.title,
    type,
    visibility: 'PUBLIC',
    published: course.isDraft,
  });
}
