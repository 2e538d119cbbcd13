import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { CourseId, VideoId } from '#platform/ids.ts';
import { holdCourseAt } from '../write/editable-course.ts';
import { updateCourse } from '../write/update-course.ts';

/** The trailer of a course that the actor may change, and how it is given another. */
export interface TrailerPlace {
  videoId: VideoId | null;
  show(ctx: Context, film: { id: VideoId } | null): Promise<void>;
}

/** Where a course shows its trailer; to who may not change the course it is not there. */
export async function trailerPlace(ctx: Context, input: { slug: string }): Promise<TrailerPlace> {
  const course = await inTransaction(ctx, async (ctx) => {
    const { id } = await holdCourseAt(ctx, input.slug);
    return ctx.db.prisma.course.findUniqueOrThrow({ where: { id }, select: { id: true, previewVideoId: true } });
  });
  return {
    videoId: course.previewVideoId as VideoId | null,
    show: async (ctx, film) => {
      await updateCourse(ctx, { courseId: course.id as CourseId, previewVideoId: film?.id ?? null });
    },
  };
}
