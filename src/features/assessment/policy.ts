import type { Actor } from '#platform/context.ts';

/** Who teaches the course that a quiz belongs to, as far as quizzes go. */
export interface QuizTeam {
  instructorId: string;
  coInstructorIds: readonly string[];
}

/** Whether the actor may write the quizzes of a course: who owns it and still is an instructor, co-instructors, admins. Assistants help students only. */
export function mayWriteQuizzes(actor: Actor, team: QuizTeam): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'person') return false;
  if (actor.role === 'ADMIN') return true;
  if (actor.id === team.instructorId) return actor.role === 'INSTRUCTOR';
  return team.coInstructorIds.includes(actor.id);
}
