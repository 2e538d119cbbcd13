import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { VideoId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { farFilm } from './far-film.ts';
import { filmOfFile } from './film-of-file.ts';
import { putVideo } from './put-video.ts';

/** A film that is shown from now on. */
export interface NewFilm {
  id: VideoId;
  durationSeconds: number;
}

/** Writes down what shows the film, in the transaction that makes it; null: it shows none. */
export type ShowFilm = (ctx: Context, film: NewFilm | null) => Promise<void>;

const farSchema = z.object({
  address: z
    .string()
    .trim()
    .transform((words, check) => {
      const film = farFilm(words);
      if (!film) check.addIssue({ code: 'custom', message: 'This is no address of a film at YouTube or Vimeo.' });
      return film ?? z.NEVER;
    }),
  length: z
    .string()
    .trim()
    .transform((words, check) => {
      const [, hours = '0', minutes = '', seconds = ''] = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$/.exec(words) ?? [];
      const all = minutes === '' ? 0 : (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
      if (all === 0) check.addIssue({ code: 'custom', message: 'Write the length as minutes and seconds: 12:30.' });
      return all;
    }),
});

/** Shows an uploaded film of the actor's. DANGEROUS: whoever calls has made sure that the actor may change what shows it. */
export async function putUploadedFilm(ctx: Context, input: { fileId: string }, show: ShowFilm): Promise<void> {
  await inTransaction(ctx, async (ctx) => show(ctx, await filmOfFile(ctx, input)));
}

/** Shows a film at YouTube or Vimeo, whose length its instructor says. DANGEROUS in the same way. */
export async function putFarFilm(ctx: Context, input: { address: string; length: string }, show: ShowFilm): Promise<void> {
  const { address, length: durationSeconds } = parseInput(farSchema, input);
  await inTransaction(ctx, async (ctx) => {
    const { id } = await putVideo(ctx, { source: address, durationSeconds });
    await show(ctx, { id, durationSeconds });
  });
}

/** Shows no film any more; what is left of it goes in the night. DANGEROUS in the same way. */
export async function removeFilm(ctx: Context, show: ShowFilm): Promise<void> {
  await inTransaction(ctx, (ctx) => show(ctx, null));
}
