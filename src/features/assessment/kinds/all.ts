import { z } from 'zod';
import { multipleAnswer } from './multiple-answer.ts';
import { multipleChoice } from './multiple-choice.ts';
import { numeric } from './numeric.ts';
import { shortAnswer } from './short-answer.ts';

const words = z.object({
  /** Markdown. */
  text: z.string().trim().min(1, 'A question has words.').max(20_000, 'A question has 20,000 characters at the most.'),
  points: z.number().min(0).max(999_999).default(1),
  /** Markdown, shown afterwards. */
  explanation: z.string().max(20_000).nullable().default(null),
  tags: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
});

/** Every kind of question that can be written so far, each with the payload that only it understands. */
export const questionFields = z.discriminatedUnion('type', [
  words.extend({ type: z.literal('MULTIPLE_CHOICE'), payload: multipleChoice }),
  words.extend({ type: z.literal('MULTIPLE_ANSWER'), payload: multipleAnswer }),
  words.extend({ type: z.literal('NUMERIC'), payload: numeric }),
  words.extend({ type: z.literal('SHORT_ANSWER'), payload: shortAnswer }),
]);

/** A question as it is handed in. */
export type NewQuestion = z.input<typeof questionFields>;
export type QuestionFields = z.output<typeof questionFields>;
