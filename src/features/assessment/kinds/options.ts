import { z } from 'zod';

/** An answer to choose. The words are Markdown. */
export const optionField = z.object({
  text: z.string().trim().min(1, 'An option has words.').max(2000, 'An option has 2,000 characters at the most.'),
  isCorrect: z.boolean(),
  /** What is said to whoever chooses it. */
  feedback: z.string().max(2000).optional(),
});

export const optionsField = z.array(optionField).min(2, 'There is something to choose.').max(50, 'At most 50 options.');
