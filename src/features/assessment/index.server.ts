export { copyExercisesDangerouslyUnchecked } from './copy-exercises.ts';
export { type KeptQuizzes, keepQuizzesDangerouslyUnchecked, restoreQuizzesDangerouslyUnchecked } from './kept-quizzes.ts';
export type { NewQuestion } from './kinds/all.ts';
export { assessmentPersonalData } from './personal-data.ts';
export { assignmentFields, type NewAssignment, putAssignments } from './put-assignments.ts';
export { putQuizzes } from './put-quizzes.ts';
export { type NewQuiz, quizFields } from './quiz-fields.ts';
export { quizzesOfLessonsDangerouslyUnchecked } from './quizzes-of-lessons.ts';
