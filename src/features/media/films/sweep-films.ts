import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { findFfmpeg } from './ffmpeg.ts';
import { workOnFilm } from './work-on-film.ts';

/** A video may wait this long for something that shows it: longer than anybody edits one lesson. */
const patienceMs = 24 * 3600 * 1000;

const deleteUnshown = statement<unknown, [since: string]>('delete from videos where id in (select unshown_videos($1::timestamptz))');

// Their bytes have no row any more, and go with the next sweep of the storage.
const deleteLadders = statement<unknown, []>('delete from ladders l where not exists (select from videos v where v.file_id = l.file_id)');

const waitingForTools = statement<{ fileId: string }, []>(
  `select file_id as "fileId" from ladders where state = 'NO_TOOLS' order by file_id limit 500`,
);

/** Each night: removes videos that nothing shows any more, and the sizes of films that no video is made of; makes those that waited for ffmpeg where it has come. */
export const sweepFilmsJob = defineJob({
  name: 'media.sweepFilms',
  schema: z.object({}),
  // Before the sweep of the storage.
  schedule: '50 2 * * *',
  handler: (ctx) => sweepFilms(ctx),
});

async function sweepFilms(ctx: Context): Promise<void> {
  await ctx.db.sql(deleteUnshown, new Date(ctx.now.getTime() - patienceMs).toISOString());
  await ctx.db.sql(deleteLadders);
  if (!(await findFfmpeg())) return;
  for (const { fileId } of await ctx.db.sql(waitingForTools)) await workOnFilm(ctx, fileId);
}
