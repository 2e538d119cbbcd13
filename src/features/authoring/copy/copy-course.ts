import { copyExercisesDangerouslyUnchecked } from '#features/assessment/index.server.ts';
import { copyCourseContent } from '#features/catalogue/index.server.ts';
import { copyPackagesDangerouslyUnchecked } from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { giveBeside, readBeside } from '../archive/companions.ts';

/** Makes a draft of the actor's with everything that a course teaches, asks, plays and costs, and none of its people. All or nothing. */
export async function copyCourse(ctx: Context, input: { courseId: CourseId; title: string }): Promise<{ id: CourseId; slug: string }> {
  return inTransaction(
    ctx,
    async (ctx) => {
      const { lessonIds, ...course } = await copyCourseContent(ctx, input);
      await copyExercisesDangerouslyUnchecked(ctx, { lessonIds });
      await copyPackagesDangerouslyUnchecked(ctx, { lessonIds });
      await giveBeside(ctx, course.id, await readBeside(ctx, input.courseId));
      return course;
    },
    { timeoutMs: 60_000 },
  );
}
