import { z } from 'zod';

/** What somebody is in a team, and their part of the instructors' share of the revenue. */
export const teamFields = z
  .object({
    role: z.enum(['CO_INSTRUCTOR', 'ASSISTANT'], 'Choose a role.'),
    sharePercent: z.number('Write a number, such as 20.').min(0, 'Not less than nothing.').max(100, 'Not more than a whole.'),
  })
  .refine(({ role, sharePercent }) => role === 'CO_INSTRUCTOR' || sharePercent === 0, {
    path: ['sharePercent'],
    message: 'Assistants have no share.',
  })
  .transform(({ role, sharePercent }) => ({ role, shareBasisPoints: Math.round(sharePercent * 100) }));

export type TeamFields = z.input<typeof teamFields>;

/** A role within a sentence. */
export const roleWords = { CO_INSTRUCTOR: 'co-instructor', ASSISTANT: 'assistant' } as const;
