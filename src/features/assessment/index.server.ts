export { type KeptQuizzes, keepQuizzesDangerouslyUnchecked, restoreQuizzesDangerouslyUnchecked } from './kept-quizzes.ts';
export type { NewQuestion } from './kinds/all.ts';
export { assessmentPersonalData } from './personal-data.ts';
export { putQuizzes } from './put-quizzes.ts';
export type { NewQuiz } from './quiz-fields.ts';
