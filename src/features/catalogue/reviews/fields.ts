import { z } from 'zod';
import { reportReasons } from './report-reasons.ts';

/** Words without any markup: line ends of one kind, no more than one empty line between two paragraphs. */
const plain = (longest: number) =>
  z
    .string()
    .transform((text) =>
      text
        .replace(/\r\n?/g, '\n')
        .replace(/[ \t]+$/gm, '')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    )
    .refine((text) => text.length <= longest, `At most ${longest.toLocaleString('en')} characters.`);

/** What a student says of a course. */
export const reviewFields = z.object({
  rating: z.coerce
    .number('Choose one to five stars.')
    .int('Choose one to five stars.')
    .min(1, 'Choose one to five stars.')
    .max(5, 'Choose one to five stars.'),
  text: plain(4000),
});

/** What the course answers; nothing takes the answer back. */
export const replyFields = z.object({ reviewId: z.uuid(), reply: plain(2000) });

/** Why, and what more there is to know. */
export const reportFields = z.object({
  reviewId: z.uuid(),
  reason: z.enum(Object.keys(reportReasons) as [keyof typeof reportReasons], 'Choose what is wrong with it.'),
  details: z.string(),
});
