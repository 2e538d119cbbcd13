import { z } from 'zod';
import { defineEvent } from '#platform/events.server.ts';

const where = { userId: z.uuid(), courseId: z.uuid(), enrollmentId: z.uuid() };

/** A learner completed a lesson. One that was marked by hand, unmarked and marked again is told again: whoever counts, counts a lesson once. */
export const lessonCompleted = defineEvent({ name: 'learning.lessonCompleted', schema: z.object({ ...where, lessonId: z.uuid() }) });

/** A learner completed a course: told once, at the first time. */
export const courseCompleted = defineEvent({ name: 'learning.courseCompleted', schema: z.object(where) });

/** The last grant of a learner has run out. What they did and wrote in the course is kept. */
export const accessEnded = defineEvent({ name: 'learning.accessEnded', schema: z.object(where) });

/** A learner whose access had ended has it again, as the learner that they were. */
export const accessReturned = defineEvent({ name: 'learning.accessReturned', schema: z.object(where) });

/** A learner's access ends within a week: told once for each end. */
export const accessEndsSoon = defineEvent({ name: 'learning.accessEndsSoon', schema: z.object({ ...where, endsAt: z.iso.datetime() }) });
