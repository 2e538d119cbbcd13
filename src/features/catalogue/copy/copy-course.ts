import type { Prisma } from '#generated/prisma/client.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { type CourseId, type LessonId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { afterOutlineChange } from '../outline/after-outline-change.ts';
import { mayCreateCourse } from '../policy.ts';
import { holdEditableCourse } from '../write/editable-course.ts';
import { courseFields } from '../write/fields.ts';
import { freeCourseSlug, slugOf } from '../write/slug.ts';
import { copyOutline } from './copy-outline.ts';
import { relinkTexts } from './copy-texts.ts';

/** A course made from another, and which lesson each lesson of that one became. */
export interface CopiedCourse {
  id: CourseId;
  slug: string;
  lessonIds: ReadonlyMap<LessonId, LessonId>;
}

/** What a course begins with, whatever it was copied from. */
const unbegun = {
  status: 'DRAFT',
  publishedAt: null,
  publishAt: null,
  featured: false,
  importKey: null,
  chapterCount: 0,
  lessonCount: 0,
  durationMinutes: 0,
  studentCount: 0,
  reviewCount: 0,
  ratingAverage: 0,
  revenue: 0,
} as const;

/**
 * Makes a draft of the actor's with all that another course teaches, and none of its people: texts, films, pictures, resources, categories, prerequisites, questions.
 * Files and films are shared, not doubled.
 */
export async function copyCourse(ctx: Context, input: { courseId: CourseId; title: string }): Promise<CopiedCourse> {
  const person = requirePerson(ctx);
  if (!mayCreateCourse(ctx.actor, person.id)) throw new AppError('forbidden', 'Only instructors make courses.');
  const { title } = parseInput(courseFields.pick({ title: true }), input);
  return inTransaction(
    ctx,
    async (ctx) => {
      const source = await holdEditableCourse(ctx, input.courseId);
      const copy = { id: newId<'course'>(), slug: await freeCourseSlug(ctx, slugOf(title, 'course')) };
      await copyFacts(ctx, source.id, { ...copy, title, instructorId: person.id });
      const { lessonIds, chapterIds } = await copyOutline(ctx, source.id, copy.id);
      const draft = { ...copy, isDraft: true };
      await relinkTexts(ctx, draft, lessonIds, chapterIds);
      await afterOutlineChange(ctx, draft);
      return { ...copy, lessonIds };
    },
    { timeoutMs: 60_000 },
  );
}

async function copyFacts(
  ctx: Context,
  sourceId: CourseId,
  made: { id: CourseId; slug: string; title: string; instructorId: string },
): Promise<void> {
  const { prisma } = ctx.db;
  const { updatedAt: _, ...source } = await prisma.course.findUniqueOrThrow({ where: { id: sourceId } });
  await prisma.course.create({ data: { ...source, ...unbegun, ...made, faq: source.faq as Prisma.InputJsonValue, createdAt: ctx.now } });
  const categories = await prisma.courseCategory.findMany({ where: { courseId: sourceId }, select: { categoryId: true, isMain: true } });
  await prisma.courseCategory.createMany({ data: categories.map((row) => ({ ...row, courseId: made.id })) });
  const before = await prisma.coursePrerequisite.findMany({ where: { courseId: sourceId }, select: { prerequisiteId: true } });
  await prisma.coursePrerequisite.createMany({ data: before.map((row) => ({ ...row, courseId: made.id, createdAt: ctx.now })) });
}
