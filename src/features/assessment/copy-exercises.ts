import type { Prisma } from '#generated/prisma/client.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { type LessonId, newId } from '#platform/ids.ts';

/**
 * Copies the quizzes and assignments of lessons to what those lessons became, with their questions and without what anybody answered. Banks are drawn
 * from, not doubled. DANGEROUS: whoever calls has made sure that the actor may read the lessons; whether the copies are theirs, the database asks.
 */
export async function copyExercisesDangerouslyUnchecked(
  ctx: Context,
  { lessonIds }: { lessonIds: ReadonlyMap<LessonId, LessonId> },
): Promise<void> {
  await inTransaction(ctx, (ctx) => copyExercises(ctx, lessonIds));
}

async function copyExercises(ctx: Context, lessonIds: ReadonlyMap<LessonId, LessonId>): Promise<void> {
  const { prisma } = ctx.db;
  const ofLessons = { lessonId: { in: [...lessonIds.keys()] } };
  const lessonOf = (row: { lessonId: string }) => lessonIds.get(row.lessonId as LessonId)!;
  const made = { createdAt: ctx.now, updatedAt: ctx.now };
  const assignments = await prisma.assignment.findMany({ where: ofLessons });
  await prisma.assignment.createMany({
    data: assignments.map((row) => ({
      ...row,
      ...made,
      id: newId(),
      lessonId: lessonOf(row),
      rubric: (row.rubric ?? undefined) as Prisma.InputJsonValue,
    })),
  });
  const quizzes = await prisma.quiz.findMany({ where: ofLessons });
  const quizIds = new Map(quizzes.map(({ id }) => [id, newId()]));
  await prisma.quiz.createMany({ data: quizzes.map((row) => ({ ...row, ...made, id: quizIds.get(row.id)!, lessonId: lessonOf(row) })) });
  await copyQuestions(ctx, quizIds);
}

async function copyQuestions(ctx: Context, quizIds: ReadonlyMap<string, string>): Promise<void> {
  const { prisma } = ctx.db;
  const ofQuizzes = { quizId: { in: [...quizIds.keys()] } };
  const made = { createdAt: ctx.now, updatedAt: ctx.now };
  const questions = await prisma.question.findMany({ where: ofQuizzes });
  const questionIds = new Map(questions.map(({ id }) => [id, newId()]));
  await prisma.question.createMany({
    data: questions.map((row) => ({
      ...row,
      ...made,
      id: questionIds.get(row.id)!,
      quizId: quizIds.get(row.quizId!)!,
      payload: row.payload as Prisma.InputJsonValue,
    })),
  });
  const places = await prisma.quizQuestion.findMany({ where: ofQuizzes });
  // A place may ask a question of a bank, which stays where it is.
  const questionOf = (id: string | null) => (id === null ? null : (questionIds.get(id) ?? id));
  await prisma.quizQuestion.createMany({
    data: places.map((row) => ({ ...row, ...made, id: newId(), quizId: quizIds.get(row.quizId)!, questionId: questionOf(row.questionId) })),
  });
}
