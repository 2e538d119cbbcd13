import { buffer } from 'node:stream/consumers';
import { runtime } from '#platform/runtime.server.ts';
import { examineFilm, type FilmExamined, type FilmFacts, type ReadAt } from './film-facts.ts';

/** What a stored film's headers say, or what is wrong with it; read by ranges, wherever the storage is. */
export function examineStoredFilm({ key, sizeBytes }: { key: string; sizeBytes: number }): Promise<FilmExamined> {
  const readAt: ReadAt = async (position, length) => {
    const end = Math.min(position + length, sizeBytes) - 1;
    if (end < position) return Buffer.alloc(0);
    return buffer(runtime().storage.getRange(key, { start: position, end }));
  };
  return examineFilm(readAt, sizeBytes);
}

/** Length and size of a stored film; undefined when its headers do not say. */
export async function storedFilmFacts(film: { key: string; sizeBytes: number }): Promise<FilmFacts | undefined> {
  const examined = await examineStoredFilm(film);
  return examined.kind === 'film' ? examined.facts : undefined;
}
