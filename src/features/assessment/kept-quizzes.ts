import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { dropOthers, type KeptRows, type KeptTable, keepRows, putBack } from '#platform/database/kept-rows.ts';
import type { LessonId } from '#platform/ids.ts';

const quizzes: KeptTable = { name: 'quizzes', key: ['id'] };
const questions: KeptTable = { name: 'questions', key: ['id'] };
const places: KeptTable = { name: 'quiz_questions', key: ['id'] };
const assignments: KeptTable = { name: 'assignments', key: ['id'] };

/** What lessons ask, as it is at a moment. */
export interface KeptQuizzes {
  quizzes: KeptRows;
  questions: KeptRows;
  places: KeptRows;
  assignments: KeptRows;
}

/** Keeps the quizzes and assignments of lessons as they are. DANGEROUS, like putting them back: whoever calls has made sure that the actor may change the course. */
export async function keepQuizzesDangerouslyUnchecked(ctx: Context, { lessonIds }: { lessonIds: readonly LessonId[] }): Promise<KeptQuizzes> {
  return inTransaction(ctx, async (ctx) => {
    const kept = await keepRows(ctx, quizzes, 'lesson_id', lessonIds);
    const ids = kept.map((row) => row.id as string);
    return {
      quizzes: kept,
      questions: await keepRows(ctx, questions, 'quiz_id', ids),
      places: await keepRows(ctx, places, 'quiz_id', ids),
      assignments: await keepRows(ctx, assignments, 'lesson_id', lessonIds),
    };
  });
}

/** Puts the quizzes and assignments of lessons back as they were kept. Lessons that came since have gone before. */
export async function restoreQuizzesDangerouslyUnchecked(ctx: Context, { lessonIds, kept }: { lessonIds: readonly LessonId[]; kept: KeptQuizzes }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await dropOthers(ctx, quizzes, 'lesson_id', lessonIds, kept.quizzes);
    await dropOthers(ctx, assignments, 'lesson_id', lessonIds, kept.assignments);
    const ids = kept.quizzes.map((row) => row.id as string);
    await dropOthers(ctx, places, 'quiz_id', ids, kept.places);
    await dropOthers(ctx, questions, 'quiz_id', ids, kept.questions);
    for (const [table, rows] of [[quizzes, kept.quizzes], [questions, kept.questions], [places, kept.places], [assignments, kept.assignments]] as const)
      await putBack(ctx, table, rows);
  });
}
