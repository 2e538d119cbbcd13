import type { Context } from '#platform/context.ts';
import type { LessonId } from '#platform/ids.ts';
import type { QuizFields } from './quiz-fields.ts';

/** The quizzes of lessons with all their questions and answers, by lesson. DANGEROUS: whoever calls has made sure that the actor may change the course. */
export async function quizzesOfLessonsDangerouslyUnchecked(
  ctx: Context,
  { lessonIds }: { lessonIds: readonly LessonId[] },
): Promise<Map<LessonId, QuizFields[]>> {
  const rows = await ctx.db.prisma.quiz.findMany({
    where: { lessonId: { in: [...lessonIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { quizQuestions: { where: { questionId: { not: null } }, orderBy: { position: 'asc' }, include: { question: true } } },
  });
  const byLesson = new Map<LessonId, QuizFields[]>();
  for (const { id: _, lessonId, createdAt, updatedAt, quizQuestions, ...fields } of rows) {
    const questions = quizQuestions.flatMap(({ question }) => {
      if (!question) return [];
      const { type, text, points, payload, explanation, tags } = question;
      return [{ type, text, points: Number(points), payload, explanation, tags } as QuizFields['questions'][number]];
    });
    const list = byLesson.get(lessonId as LessonId) ?? [];
    list.push({ ...fields, questions });
    byLesson.set(lessonId as LessonId, list);
  }
  return byLesson;
}
