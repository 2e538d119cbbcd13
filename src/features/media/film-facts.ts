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

/** Length and size of an MP4 or WebM film, read from its headers alone; undefined when they do not say. */
export async function filmFacts(diskPath: string): Promise<FilmFacts | undefined> {
  const file = await open(diskPath);
  try {
    const readAt = readerOf(file);
    const { size } = await file.stat();
    const head = await readAt(0, 12);
    if (head.toString('latin1', 4, 8) === 'ftyp') return await mp4Facts(readAt, size);
    return head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3 ? await webmFacts(readAt) : undefined;
  } finally {
    await file.close();
  }
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

async function mp4Facts(readAt: ReadAt, size: number): Promise<FilmFacts | undefined> {
  for await (const box of boxes(readAt, 0, size)) {
    if (box.type !== 'moov') continue;
    let durationSeconds: number | undefined;
    let picture: { width: number; height: number } | undefined;
    for await (const part of boxes(readAt, box.start, box.end)) {
      if (part.type === 'mvhd') durationSeconds = durationOf(await readAt(part.start, 32));
      if (part.type === 'trak') picture ??= await pictureOf(readAt, part);
    }
    return durationSeconds === undefined ? undefined : { durationSeconds, width: picture?.width, height: picture?.height };
  }
  return undefined;
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
    return width > 0 && height > 0 ? { width, height } : undefined;
  }
  return undefined;
}
