import type { Readable } from 'node:stream';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId, type UserId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { keyOf } from '../files/stored-file.ts';
import { codecsOf } from './codecs.ts';
import { type Encoder, encodeRung, type SourceFilm } from './encode.ts';
import { FilmUnreadable } from './ffmpeg.ts';
import { type Fragments, FragmentWatch } from './fragments.ts';
import type { RungPlan } from './ladder-plan.ts';
import type { FilmFile } from './ladder-rows.ts';

/** A film in hand, with all that is needed to make something of it. */
export interface Work {
  film: FilmFile;
  source: SourceFilm & { width: number; height: number };
  tool: string;
  encoder: Encoder;
  signal: AbortSignal | undefined;
}

/** Makes one size of a film, straight into the storage, and writes it down once it is whole. */
export async function makeRung(ctx: Context, work: Work, plan: RungPlan, onSecond: (second: number) => void): Promise<void> {
  const { film, source, tool, encoder, signal } = work;
  const { storage } = runtime();
  const watch = new FragmentWatch();
  let received: string | undefined;
  const take = async (output: Readable) => {
    received = await storage.receive(output, watch);
  };
  try {
    await encodeRung(tool, { film: source, encoder, plan, take, signal, onSecond });
    const { fragments } = watch;
    if (!fragments) throw new FilmUnreadable('ffmpeg made nothing of it');
    const form = `rung-1 ${encoder.name} ${plan.width}x${plan.height}`;
    const key = keyOf({ ownerId: film.ownerId as UserId | null, visibility: 'PRIVATE', form, sha256: film.sha256 }, 'mp4');
    await storage.settle(received!, key);
    received = undefined;
    await recordRung(ctx, film.id, key, plan, fragments);
  } finally {
    if (received) await storage.delete(received);
  }
}

async function recordRung(ctx: Context, fileId: string, key: string, { width, height }: RungPlan, fragments: Fragments): Promise<void> {
  const { head, pieces, sizeBytes } = fragments;
  const seconds = pieces.reduce((sum, piece) => sum + piece.milliseconds, 0) / 1000;
  const rates = pieces.map(({ milliseconds, bytes }) => (bytes * 8000) / Math.max(1, milliseconds));
  const averageBitsPerSecond = Math.max(1, Math.ceil((sizeBytes * 8) / seconds));
  const made = {
    key,
    width,
    height,
    codecs: codecsOf(head),
    averageBitsPerSecond,
    peakBitsPerSecond: Math.max(averageBitsPerSecond, Math.ceil(Math.max(...rates))),
    sizeBytes,
    headBytes: head.length,
    pieces: pieces.map(({ milliseconds, bytes }) => [milliseconds, bytes]),
  };
  await inTransaction(ctx, (ctx) =>
    ctx.db.prisma.rung.upsert({
      where: { fileId_height: { fileId, height } },
      create: { id: newId(), fileId, createdAt: ctx.now, ...made },
      update: made,
    }),
  );
}
