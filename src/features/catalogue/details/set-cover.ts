import { ownFile } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { holdCourseAt } from '../write/editable-course.ts';
import { updateCourse } from '../write/update-course.ts';

/** Gives a course a cover out of one's own uploads; null goes back to the one that is drawn from its title. */
export async function setCover(ctx: Context, input: { slug: string; fileId: string | null }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { id: courseId } = await holdCourseAt(ctx, input.slug);
    const file = input.fileId === null ? null : await ownFile(ctx, { fileId: input.fileId, purpose: 'image' });
    await updateCourse(ctx, { courseId, imageFileId: file?.id ?? null });
  });
}
