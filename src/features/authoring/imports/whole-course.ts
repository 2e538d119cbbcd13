import { createHash } from 'node:crypto';
import {
  type KeptQuizzes,
  keepQuizzesDangerouslyUnchecked,
  restoreQuizzesDangerouslyUnchecked,
} from '#features/assessment/index.server.ts';
import { type KeptCourse, keepCourse, restoreCourse } from '#features/catalogue/index.server.ts';
import { type KeptVideos, keepVideosDangerouslyUnchecked, restoreVideosDangerouslyUnchecked } from '#features/media/index.server.ts';
import {
  type KeptPackages,
  keepPackagesDangerouslyUnchecked,
  restorePackagesDangerouslyUnchecked,
} from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { CourseId } from '#platform/ids.ts';
import type { Beside } from '../archive/companions.ts';

/** All rows of a course at a moment, whichever feature they belong to. */
export interface WholeCourse {
  course: KeptCourse;
  videos: KeptVideos;
  quizzes: KeptQuizzes;
  packages: KeptPackages;
}

/** Keeps all of a course that the actor may change. */
export async function keepWhole(ctx: Context, courseId: CourseId): Promise<WholeCourse> {
  const course = await keepCourse(ctx, { courseId });
  return {
    course,
    videos: await keepVideosDangerouslyUnchecked(ctx, course),
    quizzes: await keepQuizzesDangerouslyUnchecked(ctx, course),
    packages: await keepPackagesDangerouslyUnchecked(ctx, course),
  };
}

/** Puts all of a course back. */
export async function restoreWhole(ctx: Context, courseId: CourseId, { course, videos, quizzes, packages }: WholeCourse): Promise<void> {
  await restoreVideosDangerouslyUnchecked(ctx, videos);
  await restoreCourse(ctx, { courseId, kept: course });
  await restoreQuizzesDangerouslyUnchecked(ctx, { lessonIds: course.lessonIds, kept: quizzes });
  await restorePackagesDangerouslyUnchecked(ctx, { lessonIds: course.lessonIds, kept: packages });
}

/** What two states of a course are compared by: everything but when a row was last touched, and what other features keep beside it. */
export function hashOf(whole: WholeCourse, beside: Beside): string {
  const all = Object.keys(beside).length > 0 ? { ...whole, beside } : whole;
  const words = JSON.stringify(all, (name, value: unknown) => (name === 'updated_at' ? undefined : value));
  return createHash('sha256').update(words).digest('hex');
}
