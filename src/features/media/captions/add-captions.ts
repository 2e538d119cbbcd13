import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId, type VideoId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { runtime } from '#platform/runtime.server.ts';
import { discardFiles, recordFiles } from '../files/file-rows.ts';
import { prepareFile } from '../files/prepare-file.ts';
import { ownFile } from '../uploads/own-file.ts';
import { largestCaptionsBytes, textOfCaptions } from './check-captions.ts';
import { isCaptionLanguage, ownNameOf } from './languages.ts';
import { webvttIn } from './webvtt-in.ts';

const schema = z.object({
  language: z.string().refine(isCaptionLanguage, 'Choose the language of the captions.'),
  label: z.string().trim().max(60, 'A name has 60 letters at the most.').default(''),
});

const put = statement<unknown, [id: string, videoId: string, fileId: string, language: string, label: string, now: string]>(`
  insert into captions (id, video_id, file_id, language, label, created_at, updated_at) values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::timestamptz, $6::timestamptz)
  on conflict (video_id, language) do update set file_id = excluded.file_id, label = excluded.label, updated_at = excluded.updated_at`);

/**
 * Gives a video captions in one language, of an uploaded WebVTT or SubRip file; what it had in that language goes. DANGEROUS: whoever calls has made sure
 * that the actor may change what shows the video.
 */
export async function addCaptions(
  ctx: Context,
  { videoId, ...input }: { videoId: VideoId; fileId: string; language: string; label?: string },
): Promise<void> {
  const person = requirePerson(ctx);
  const { language, label } = parseInput(schema, input);
  const upload = await ownFile(ctx, { fileId: input.fileId, purpose: 'captions' });
  const track = await prepareFile(ctx, {
    content: Readable.from([Buffer.from(await webvttOf(upload))]),
    name: `${upload.name.replace(/\.\w+$/, '')}.vtt`,
    ownerId: person.id,
    visibility: 'PRIVATE',
    accept: ['text/vtt'],
    largestBytes: largestCaptionsBytes * 2,
  });
  try {
    await inTransaction(ctx, async (ctx) => {
      const ids = await recordFiles(ctx, [track]);
      await ctx.db.sql(put, newId(), videoId, ids.get(track.key)!, language, label || ownNameOf(language), ctx.now.toISOString());
    });
  } catch (error) {
    await discardFiles(ctx, [track]);
    throw error;
  }
}

/** The text of an upload as WebVTT that was looked through, or the refusal that says in which line what is wrong. */
async function webvttOf({ key, sizeBytes }: { key: string; sizeBytes: number }): Promise<string> {
  const read = Math.min(sizeBytes, largestCaptionsBytes + 1);
  const text = textOfCaptions(read === 0 ? Buffer.alloc(0) : await buffer(runtime().storage.getRange(key, { start: 0, end: read - 1 })));
  const track = typeof text === 'string' ? webvttIn(text) : text;
  if (typeof track === 'string') return track;
  throw new AppError('invalid', `The captions were not taken. Line ${track.line}: ${track.problem}.`);
}
