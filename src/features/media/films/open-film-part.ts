import type { Readable } from 'node:stream';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { mayHaveFilm } from './film-link.ts';
import { type FilmWork, filmWork } from './film-work.ts';
import { type ListedRung, masterPlaylist, type PiecedRung, rungPlaylist } from './playlists.ts';

/** A part of a film that may be handed out. */
export type FilmPart =
  | { kind: 'playlist'; text: string }
  | { kind: 'bytes'; sizeBytes: number; tag: string; read(range: { start: number; end: number }): Readable }
  | { kind: 'work'; work: FilmWork };

const rungsOf = statement<ListedRung, [fileId: string]>(`
  select width, height, codecs, peak_bits_per_second as "peakBitsPerSecond", average_bits_per_second as "averageBitsPerSecond"
    from rungs where file_id = $1::uuid order by height`);

const piecesOf = statement<PiecedRung, [fileId: string, height: number]>(
  'select height, head_bytes as "headBytes", pieces from rungs where file_id = $1::uuid and height = $2',
);

const bytesOf = statement<{ key: string; sizeBytes: number }, [fileId: string, height: number]>(
  'select key, size_bytes as "sizeBytes" from rungs where file_id = $1::uuid and height = $2',
);

interface Wish {
  fileId: string;
  /** `all.m3u8`, `720.m3u8`, `720.mp4`, or `work.json`. */
  part: string;
  until: string | null;
  seal: string | null;
}

/** Opens a part of a film for whoever has a link that was sealed for them. Absent and forbidden look alike. */
export async function openFilmPart(ctx: Context, { fileId, part, until, seal }: Wish): Promise<FilmPart> {
  const isAllowed = /^[0-9a-f-]{36}$/.test(fileId) && mayHaveFilm(ctx, fileId, { until, seal });
  const found = isAllowed ? await findPart(ctx, fileId, part, `?until=${until}&seal=${seal}`) : undefined;
  if (!found) throw new AppError('not-found', 'There is no such film, or the link to it has expired.');
  return found;
}

async function findPart(ctx: Context, fileId: string, part: string, query: string): Promise<FilmPart | undefined> {
  if (part === 'work.json') return { kind: 'work', work: await filmWork(ctx, fileId) };
  if (part === 'all.m3u8') {
    const rungs = await ctx.db.sql(rungsOf, fileId);
    return rungs.length > 0 ? { kind: 'playlist', text: masterPlaylist(rungs, (height) => `${height}.m3u8${query}`) } : undefined;
  }
  const [, height = '', ending] = /^(\d{1,4})\.(m3u8|mp4)$/.exec(part) ?? [];
  if (ending === 'm3u8') {
    const [rung] = await ctx.db.sql(piecesOf, fileId, Number(height));
    return rung && { kind: 'playlist', text: rungPlaylist(rung, `${height}.mp4${query}`) };
  }
  const [rung] = ending === 'mp4' ? await ctx.db.sql(bytesOf, fileId, Number(height)) : [];
  if (!rung) return undefined;
  return { kind: 'bytes', sizeBytes: rung.sizeBytes, tag: rung.key, read: (range) => runtime().storage.getRange(rung.key, range) };
}
