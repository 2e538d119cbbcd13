import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { type FileId, newId, type VideoId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { workOnFilm } from './work-on-film.ts';

const schema = z.object({
  source: z.discriminatedUnion('provider', [
    z.object({ provider: z.literal('FILE'), fileId: z.uuid() }),
    z.object({ provider: z.literal('YOUTUBE'), externalId: z.string().regex(/^[\w-]{11}$/, 'This is no id of a YouTube film.') }),
    z.object({ provider: z.literal('VIMEO'), externalId: z.string().regex(/^\d+$/, 'This is no id of a Vimeo film.') }),
  ]),
  durationSeconds: z.int().min(1, 'A film has a length.').max(360_000, 'A film is shorter than 100 hours.'),
  width: z.int().positive().nullish(),
  height: z.int().positive().nullish(),
  posterFileId: z.uuid().nullish(),
  captions: z.array(z.object({ fileId: z.uuid(), language: z.string(), label: z.string().min(1) })).default([]),
});

export interface NewVideo {
  source: { provider: 'FILE'; fileId: FileId } | { provider: 'YOUTUBE' | 'VIMEO'; externalId: string };
  durationSeconds: number;
  width?: number | null;
  height?: number | null;
  posterFileId?: FileId | null;
  captions?: { fileId: FileId; language: string; label: string }[];
}

/**
 * Makes something to watch of a stored file, or of a film at YouTube or Vimeo; or makes a video that is there already show it. DANGEROUS with `videoId`:
 * whoever calls has made sure that the actor may change what shows it.
 */
export async function putVideo(
  ctx: Context,
  { videoId, ...input }: NewVideo & { videoId?: VideoId },
): Promise<{ id: VideoId; changed: boolean }> {
  if (ctx.actor.kind === 'guest') throw new AppError('sign-in-required', 'Sign in to add a video.');
  const { source, captions, ...facts } = parseInput(schema, input);
  const video = {
    fileId: null,
    externalId: null,
    width: null,
    height: null,
    posterFileId: null,
    ...source,
    ...facts,
    state: 'READY' as const,
  };
  return inTransaction(ctx, async (ctx) => {
    const before =
      videoId &&
      (await ctx.db.prisma.video.findUnique({ where: { id: videoId }, include: { captions: { orderBy: { language: 'asc' } } } }));
    if (before && isSame(before, video, captions)) return { id: videoId, changed: false };
    const id = before ? videoId : newId<'video'>();
    await ctx.db.prisma.video.upsert({ where: { id }, create: { id, ...video, createdAt: ctx.now }, update: video });
    await ctx.db.prisma.caption.deleteMany({ where: { videoId: id } });
    await ctx.db.prisma.caption.createMany({ data: captions.map((caption) => ({ id: newId(), videoId: id, ...caption })) });
    if (source.provider === 'FILE') await workOnLargeFilm(ctx, source.fileId, facts.durationSeconds);
    return { id, changed: true };
  });
}

/** A film that asks less of a line than this plays everywhere as it is: sizes of it would only be more of the same. */
const bitsForEveryLine = 1_500_000;

async function workOnLargeFilm(ctx: Context, fileId: string, durationSeconds: number): Promise<void> {
  const file = await ctx.db.prisma.file.findUnique({ where: { id: fileId }, select: { sizeBytes: true } });
  if (file && (Number(file.sizeBytes) * 8) / durationSeconds > bitsForEveryLine) await workOnFilm(ctx, fileId);
}

type Caption = { fileId: string; language: string; label: string };

function isSame(before: Record<string, unknown> & { captions: Caption[] }, video: Record<string, unknown>, captions: Caption[]): boolean {
  const form = (all: Caption[]) => JSON.stringify(all.map(({ fileId, language, label }) => [language, fileId, label]).sort());
  return Object.entries(video).every(([name, value]) => before[name] === (value ?? null)) && form(before.captions) === form(captions);
}
