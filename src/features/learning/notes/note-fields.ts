import { z } from 'zod';
import { runtime } from '#platform/runtime.server.ts';
import { momentOf } from './moment.ts';

/** As many characters as one note may have; the database holds to the same. */
const longestNote = 10_000;

/** A note as it is typed: Markdown, and where in the film, if anywhere. */
export const noteFields = z.object({
  text: z
    .string()
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().min(1, 'Write something first.').max(longestNote, 'A note has at most 10,000 characters. Make two of it.')),
  at: z.string().transform((words, wrong) => {
    const seconds = momentOf(words);
    if (seconds !== undefined) return seconds;
    wrong.addIssue({ code: 'custom', message: 'Write it as minutes and seconds, such as 1:15, or leave it empty.' });
    return z.NEVER;
  }),
});

const saves = { name: 'notes', attempts: 120, perSeconds: 600 };

/** Counts one saving: more than a person types is refused. */
export async function countSaving(userId: string): Promise<void> {
  await runtime().rateLimiter.attempt(saves, userId);
}
