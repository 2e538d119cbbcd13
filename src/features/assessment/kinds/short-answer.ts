import { z } from 'zod';

/** A word or two, in any of the accepted ways to write it. */
export const shortAnswer = z.object({
  accepted: z.array(z.string().trim().min(1).max(500)).min(1, 'Some answer is right.').max(100, 'At most 100 accepted answers.'),
  isCaseSensitive: z.boolean(),
});
