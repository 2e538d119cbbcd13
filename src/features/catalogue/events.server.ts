import { z } from 'zod';
import { defineEvent } from '#platform/events.server.ts';

/** Lessons of a course came, went, moved, or count otherwise: whoever keeps percentages over them has to look again. */
export const outlineChanged = defineEvent({ name: 'catalogue.outlineChanged', schema: z.object({ courseId: z.uuid() }) });
