import { z } from 'zod';
import { defineEvent } from '#platform/events.server.ts';

const where = { userId: z.uuid(), courseId: z.uuid(), enrollmentId: z.uuid() };

/** A learner completed a lesson. One that was marked by hand, unmarked and marked again is told again: whoever counts, counts a lesson once. */
export const lessonCompleted = defineEvent({ name: 'learning.lessonCompleted', schema: z.object({ ...where, lessonId: z.uuid() }) });

/** A learner completed a course: told once, at the first time. */
export const courseCompleted = defineEvent({ name: 'learning.courseCompleted', schema: z.object(where) });
