import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { FileId, VideoId } from '#platform/ids.ts';
import { ownFile } from '../uploads/own-file.ts';
import type { FilmExamined, FilmFacts } from './film-facts.ts';
import { putVideo } from './put-video.ts';
import { examineStoredFilm } from './stored-film-facts.ts';
import { workOnFilm } from './work-on-film.ts';

/** Makes something to watch of a film that the actor has uploaded. It plays at once; what makes it play better is done by a job. */
export async function filmOfFile(ctx: Context, input: { fileId: string }): Promise<{ id: VideoId; durationSeconds: number }> {
  const file = await ownFile(ctx, { fileId: input.fileId, purpose: 'film' });
  const facts = playableFacts(await examineStoredFilm(file));
  if (typeof facts === 'string') throw new AppError('invalid', facts);
  const durationSeconds = Math.max(1, Math.round(facts.durationSeconds));
  return inTransaction(ctx, async (ctx) => {
    const { width, height } = facts;
    const { id } = await putVideo(ctx, { source: { provider: 'FILE', fileId: file.id }, durationSeconds, width, height });
    await workOnFilm(ctx, file.id);
    return { id, durationSeconds };
  });
}

const fileOf = statement<{ fileId: FileId | null }, [videoId: string]>('select file_id as "fileId" from videos where id = $1::uuid');

/** Tries again to make of a video's file what could not be made. DANGEROUS: whoever calls has made sure that the actor may change what shows it. */
export async function makeFilmAgain(ctx: Context, { videoId }: { videoId: VideoId }): Promise<void> {
  const [row] = await ctx.db.sql(fileOf, videoId);
  if (row?.fileId) await workOnFilm(ctx, row.fileId);
}

/** What a film says of itself, or why it is none that can be played. */
function playableFacts(examined: FilmExamined): FilmFacts | string {
  if (examined.kind === 'no-film') return 'This file is no film: upload an MP4 or a WebM.';
  if (examined.kind === 'cut-off') return 'This film breaks off: its file is not whole. Export it again, and upload that.';
  if (examined.kind === 'no-length') return 'This film does not say how long it is. Export it again as an MP4, and upload that.';
  const { durationSeconds, width } = examined.facts;
  if (!width) return 'This file has sound, but no picture.';
  if (durationSeconds > 360_000) return 'A film is shorter than 100 hours.';
  return examined.facts;
}
