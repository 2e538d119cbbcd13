import { Transform } from 'node:stream';

/** A fragmented MP4 as a player asks for it: what stands first, then pieces that can each be played after it. */
export interface Fragments {
  /** `ftyp` and `moov`. */
  head: Buffer;
  pieces: { milliseconds: number; bytes: number }[];
  sizeBytes: number;
}

/** Larger than any index of a film of many hours; a fragment's is small. */
const largestIndexBytes = 8 * 1024 * 1024;

/**
 * Lets a fragmented MP4 pass and notes where its pieces begin and how long they are. Source: ISO/IEC 14496-12, 4.2 (boxes), 8.8.7 (tfhd), 8.8.8 (trun),
 * 8.8.12 (tfdt). The picture is the first track.
 */
export class FragmentWatch extends Transform {
  #held = Buffer.alloc(0);
  /** Bytes of the present box that only pass. */
  #passing = 0;
  readonly #head: Buffer[] = [];
  readonly #pieces: { ticks: number; bytes: number }[] = [];
  #sizeBytes = 0;
  #perSecond = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null, data?: Buffer) => void): void {
    try {
      this.#take(chunk);
      done(null, chunk);
    } catch (error) {
      done(error as Error);
    }
  }

  /** What was seen; undefined when it ended in the middle or has no piece. */
  get fragments(): Fragments | undefined {
    if (this.#held.length > 0 || this.#passing > 0 || this.#pieces.length === 0 || this.#perSecond === 0) return undefined;
    const pieces = this.#pieces.map(({ ticks, bytes }) => ({ milliseconds: Math.round((ticks / this.#perSecond) * 1000), bytes }));
    return { head: Buffer.concat(this.#head), pieces, sizeBytes: this.#sizeBytes };
  }

  #take(chunk: Buffer): void {
    this.#sizeBytes += chunk.length;
    let rest = chunk;
    for (;;) {
      const passed = Math.min(this.#passing, rest.length);
      this.#passing -= passed;
      rest = rest.subarray(passed);
      if (rest.length === 0) return;
      const held = this.#held.length > 0 ? Buffer.concat([this.#held, rest]) : rest;
      const box = wholeBox(held);
      if (!box) {
        // Copied: the chunk goes on to whoever comes next.
        this.#held = Buffer.from(held);
        return;
      }
      this.#held = Buffer.alloc(0);
      this.#note(box);
      const taken = Math.min(box.size, held.length);
      this.#passing = box.size - taken;
      rest = held.subarray(taken);
    }
  }

  #note({ type, size, content }: { type: string; size: number; content: Buffer }): void {
    if (type === 'moof') {
      this.#pieces.push({ ticks: ticksOf(content), bytes: size });
    } else if (this.#pieces.length > 0) {
      this.#pieces.at(-1)!.bytes += size;
    } else {
      this.#head.push(Buffer.from(content));
      if (type === 'moov') this.#perSecond = timescaleOf(content);
    }
  }
}

/** The box at the beginning, whole unless it is one of bytes alone; undefined while more has to come. */
function wholeBox(held: Buffer): { type: string; size: number; content: Buffer } | undefined {
  if (held.length < 16) return undefined;
  const short = held.readUInt32BE(0);
  const size = short === 1 ? Number(held.readBigUInt64BE(8)) : short;
  const type = held.toString('latin1', 4, 8);
  if (size < 8) throw new Error(`A box ${type} of ${size} bytes`);
  if (type === 'mdat') return { type, size, content: Buffer.alloc(0) };
  if (size > largestIndexBytes) throw new Error(`A box ${type} of ${size} bytes`);
  return held.length < size ? undefined : { type, size, content: held.subarray(0, size) };
}

/** The boxes of a type within a box. */
function innerAll(content: Buffer, wanted: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 8; at + 8 <= content.length; ) {
    const size = content.readUInt32BE(at);
    if (size < 8 || at + size > content.length) break;
    if (content.toString('latin1', at + 4, at + 8) === wanted) found.push(content.subarray(at, at + size));
    at += size;
  }
  return found;
}

/** The first box of a path within a box. */
function inner(content: Buffer, path: readonly string[]): Buffer | undefined {
  return path.reduce<Buffer | undefined>((within, wanted) => within && innerAll(within, wanted)[0], content);
}

function timescaleOf(moov: Buffer): number {
  const header = inner(moov, ['trak', 'mdia', 'mdhd']);
  return header ? header.readUInt32BE(header[8] === 1 ? 28 : 20) : 0;
}

/** How long the pictures of a fragment last, in its track's own units. */
function ticksOf(moof: Buffer): number {
  const track = inner(moof, ['traf']);
  const header = track && inner(track, ['tfhd']);
  if (!track || !header) throw new Error('A fragment without pictures');
  const flags = header.readUInt32BE(8);
  const usual = flags & 0x08 ? header.readUInt32BE(16 + (flags & 0x01 ? 8 : 0) + (flags & 0x02 ? 4 : 0)) : 0;
  return innerAll(track, 'trun').reduce((sum, run) => sum + ticksOfRun(run, usual), 0);
}

function ticksOfRun(run: Buffer, usual: number): number {
  const flags = run.readUInt32BE(8);
  const count = run.readUInt32BE(12);
  if (!(flags & 0x100)) return usual * count;
  const entryBytes = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  const first = 16 + (flags & 0x01 ? 4 : 0) + (flags & 0x04 ? 4 : 0);
  let ticks = 0;
  for (let index = 0; index < count; index += 1) ticks += run.readUInt32BE(first + index * entryBytes);
  return ticks;
}
