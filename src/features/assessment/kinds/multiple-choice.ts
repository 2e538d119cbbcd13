import { z } from 'zod';
import { optionsField } from './options.ts';

/** One of several answers is right. */
export const multipleChoice = z.object({
  options: optionsField.refine((options) => options.filter((option) => option.isCorrect).length === 1, 'Exactly one option is right.'),
});
