import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { type LessonId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { holdLesson } from './held-lesson.ts';
import type { QuestionFields } from './kinds/all.ts';
import { type NewQuiz, type QuizFields, quizFields } from './quiz-fields.ts';

const schema = z.array(quizFields).max(20, 'A lesson has 20 quizzes at the most.');

/**
 * Makes the quizzes of a lesson be these, in this order: what is there already is changed in place and keeps its id, a question that is different
 * becomes its next version. Says whether anything is different now.
 */
export async function putQuizzes(
  ctx: Context,
  { lessonId, quizzes }: { lessonId: LessonId; quizzes: readonly NewQuiz[] },
): Promise<{ changed: boolean }> {
  const wanted = parseInput(schema, quizzes);
  return inTransaction(ctx, async (ctx) => {
    await holdLesson(ctx, lessonId);
    const before = await storedQuizzes(ctx, lessonId);
    const gone = before.slice(wanted.length);
    for (const quiz of gone) await deleteQuiz(ctx, quiz.id);
    let changed = gone.length > 0;
    for (const [index, quiz] of wanted.entries()) changed = (await putQuiz(ctx, lessonId, quiz, before[index])) || changed;
    return { changed };
  });
}

type StoredQuiz = Awaited<ReturnType<typeof storedQuizzes>>[number];

function storedQuizzes(ctx: Context, lessonId: LessonId) {
  return ctx.db.prisma.quiz.findMany({
    where: { lessonId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { quizQuestions: { where: { questionId: { not: null } }, orderBy: { position: 'asc' }, include: { question: true } } },
  });
}

async function deleteQuiz(ctx: Context, id: string): Promise<void> {
  const attempt = await ctx.db.prisma.quizAttempt.findFirst({ where: { quizId: id }, select: { id: true } });
  if (attempt) throw new AppError('conflict', 'A quiz that somebody has taken cannot be taken away.');
  await ctx.db.prisma.quiz.delete({ where: { id } });
}

async function putQuiz(ctx: Context, lessonId: LessonId, wanted: QuizFields, before: StoredQuiz | undefined): Promise<boolean> {
  const { questions, ...fields } = wanted;
  const id = before?.id ?? newId<'quiz'>();
  let changed = before === undefined || differs(before, fields);
  if (!before) await ctx.db.prisma.quiz.create({ data: { id, lessonId, ...fields, createdAt: ctx.now } });
  else if (changed) await ctx.db.prisma.quiz.update({ where: { id }, data: fields });

  const stored = before?.quizQuestions.flatMap(({ question }) => (question ? [question] : [])) ?? [];
  for (const [index, question] of questions.entries()) {
    const known = stored[index];
    if (known && !differs({ ...known, points: Number(known.points) }, question)) continue;
    changed = true;
    if (known) await ctx.db.prisma.question.update({ where: { id: known.id }, data: { ...rowOf(question), version: { increment: 1 } } });
    else await addQuestion(ctx, id, question, index + 1);
  }
  return (await dropQuestions(ctx, stored.slice(questions.length))) || changed;
}

async function addQuestion(ctx: Context, quizId: string, question: QuestionFields, position: number): Promise<void> {
  const id = newId<'question'>();
  await ctx.db.prisma.question.create({ data: { id, quizId, ...rowOf(question), createdAt: ctx.now } });
  await ctx.db.prisma.quizQuestion.create({
    data: { id: newId<'quizQuestion'>(), quizId, questionId: id, position, createdAt: ctx.now },
  });
}

/** A question that somebody has answered stays as it was asked; it only leaves the quiz. */
async function dropQuestions(ctx: Context, questions: readonly { id: string }[]): Promise<boolean> {
  const ids = questions.map((question) => question.id);
  await ctx.db.prisma.quizQuestion.deleteMany({ where: { questionId: { in: ids } } });
  await ctx.db.prisma.question.deleteMany({ where: { id: { in: ids }, answers: { none: {} } } });
  return ids.length > 0;
}

function rowOf({ payload, ...question }: QuestionFields) {
  return { ...question, payload: payload as unknown as Prisma.InputJsonObject };
}

function differs(stored: object, wanted: object): boolean {
  return Object.entries(wanted).some(([name, value]) => !isDeepStrictEqual(value, (stored as Record<string, unknown>)[name]));
}
