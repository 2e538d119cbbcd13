import { z } from 'zod';
import { optionsField } from './options.ts';

/** Any number of the answers are right, and all of them are to be chosen. */
export const multipleAnswer = z.object({ options: optionsField });
