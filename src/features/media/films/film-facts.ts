import { type FileHandle, open } from 'node:fs/promises';
import { webmFacts } from './film-webm.ts';

/** What a film's file says of itself. */
export interface FilmFacts {
  durationSeconds: number;
  width: number | undefined;
  height: number | undefined;
}

/** Reads bytes of a file; fewer at its end. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;

/** What came of looking at a film's headers. */
export type FilmExamined = { kind: 'film'; facts: FilmFacts } | { kind: 'no-film' } | { kind: 'cut-off' } | { kind: 'no-length' };

/** Length and size of an MP4 or WebM film, read from its headers alone; undefined when they do not say. */
export async function filmFacts(diskPath: string): Promise<FilmFacts | undefined> {
  const file = await open(diskPath);
  try {
    const { size } = await file.stat();
    const examined = await examineFilm(readerOf(file), size);
    return examined.kind === 'film' ? examined.facts : undefined;
  } finally {
    await file.close();
  }
}

/** Looks at the headers of a film, wherever its bytes are. */
export async function examineFilm(readAt: ReadAt, size: number): Promise<FilmExamined> {
  const head = await readAt(0, 12);
  if (head.toString('latin1', 4, 8) === 'ftyp') return mp4Facts(readAt, size);
  return head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3 ? webmFacts(readAt, size) : { kind: 'no-film' };
}

function readerOf(file: FileHandle): ReadAt {
  return async (position, length) => {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  };
}

interface Box {
  type: string;
  start: number;
  end: number;
}

/** The boxes between two places of an MP4 file. Source: ISO/IEC 14496-12, 4.2. */
async function* boxes(readAt: ReadAt, from: number, to: number): AsyncGenerator<Box> {
  const mostBoxes = 2000;
  for (let at = from, count = 0; at + 8 <= to && count < mostBoxes; count += 1) {
    const head = await readAt(at, 16);
    if (head.length < 8) return;
    const short = head.readUInt32BE(0);
    const size = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    const start = at + (short === 1 ? 16 : 8);
    if (size < start - at || at + size > to) return;
    yield { type: head.toString('latin1', 4, 8), start, end: at + size };
    at += size;
  }
}

async function mp4Facts(readAt: ReadAt, size: number): Promise<FilmExamined> {
  let movie: Box | undefined;
  let hasFrames = false;
  for await (const box of boxes(readAt, 0, size)) {
    if (box.type === 'moov') movie = box;
    if (box.type === 'mdat') hasFrames = true;
    if (movie && hasFrames) return movieFacts(readAt, movie);
  }
  // A box that says it is longer than the file is not among them.
  return { kind: 'cut-off' };
}

async function movieFacts(readAt: ReadAt, movie: Box): Promise<FilmExamined> {
  let durationSeconds: number | undefined;
  let picture: { width: number; height: number } | undefined;
  for await (const part of boxes(readAt, movie.start, movie.end)) {
    if (part.type === 'mvhd') durationSeconds = durationOf(await readAt(part.start, 32));
    if (part.type === 'trak') picture ??= await pictureOf(readAt, part);
  }
  if (durationSeconds === undefined) return { kind: 'no-length' };
  return { kind: 'film', facts: { durationSeconds, width: picture?.width, height: picture?.height } };
}

/** Movie header: a version, times, units per second, length in units. */
function durationOf(header: Buffer): number | undefined {
  if (header.length < 32) return undefined;
  const isLong = header[0] === 1;
  const perSecond = header.readUInt32BE(isLong ? 20 : 12);
  const units = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  return perSecond > 0 && units > 0 && Number.isFinite(units / perSecond) ? units / perSecond : undefined;
}

/** The size in a track's header, in 16.16 fixed point; sound has none. */
async function pictureOf(readAt: ReadAt, track: Box): Promise<{ width: number; height: number } | undefined> {
  for await (const part of boxes(readAt, track.start, track.end)) {
    if (part.type !== 'tkhd') continue;
    const header = await readAt(part.start, part.end - part.start > 200 ? 200 : part.end - part.start);
    const at = header[0] === 1 ? 88 : 76;
    if (header.length < at + 8) return undefined;
    const [width, height] = [header.readUInt32BE(at) >>> 16, header.readUInt32BE(at + 4) >>> 16];
    if (width === 0 || height === 0) return undefined;
    return isTurned(header.subarray(at - 36, at)) ? { width: height, height: width } : { width, height };
  }
  return undefined;
}

/** Whether a track's matrix lays the picture on its side, as phones do that were held upright. */
function isTurned(matrix: Buffer): boolean {
  const [a, b, c, d] = [0, 4, 12, 16].map((at) => matrix.readInt32BE(at));
  return a === 0 && d === 0 && b !== 0 && c !== 0;
}
