import { z } from 'zod';
import { questionFields } from './kinds/all.ts';

/** A quiz with its questions, as it is handed in. */
export const quizFields = z.object({
  title: z.string().trim().min(1, 'Give it a title.').max(200, 'A title has 200 characters at the most.'),
  description: z.string().max(2000).nullable().default(null),
  type: z.enum(['PRACTICE', 'GRADED', 'FINAL_EXAM']).default('PRACTICE'),
  timeLimitMinutes: z.int().positive().nullable().default(null),
  passingPercent: z.int().min(0).max(100).default(70),
  shuffleQuestions: z.boolean().default(false),
  showCorrectAnswers: z.boolean().default(true),
  allowRetakes: z.boolean().default(true),
  maxAttempts: z.int().positive().nullable().default(null),
  scoring: z.enum(['BEST', 'LAST', 'AVERAGE']).default('BEST'),
  openAt: z.coerce.date().nullable().default(null),
  closeAt: z.coerce.date().nullable().default(null),
  questions: z.array(questionFields).max(500, 'A quiz has 500 questions at the most.'),
});

/** A quiz as it comes with a course. */
export type NewQuiz = z.input<typeof quizFields>;
export type QuizFields = z.output<typeof quizFields>;
