import type { FilmExamined, ReadAt } from './film-facts.ts';

/** Element ids of Matroska. Source: RFC 9559, section 5.1. */
const ids = {
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
};

interface Element {
  id: number;
  start: number;
  /** Of an element of unknown size, which streams have, the end of what was read. */
  end: number;
  /** Where it ends by its own word; undefined when it does not say. */
  saidEnd: number | undefined;
}

const headBytes = 1024 * 1024;
const tailBytes = 4 * 1024 * 1024;

/** Length and size of a WebM film. Both stand before the first cluster of pictures; what a browser recorded has its length only in the last. */
export async function webmFacts(readAt: ReadAt, fileBytes: number): Promise<FilmExamined> {
  const head = await readAt(0, headBytes);
  const segment = [...elements(head, 0, head.length)].find((element) => element.id === ids.segment);
  if (!segment) return { kind: 'no-film' };
  if (segment.saidEnd !== undefined && segment.saidEnd > fileBytes) return { kind: 'cut-off' };
  const { nanosecondsPerUnit, units, width, height } = readHead(head, segment);
  const length = units && units > 0 ? units : await lastMoment(readAt, fileBytes);
  const durationSeconds = (length * nanosecondsPerUnit) / 1e9;
  if (!Number.isFinite(durationSeconds) || durationSeconds <= 0) return { kind: 'no-length' };
  return { kind: 'film', facts: { durationSeconds, width: width || undefined, height: height || undefined } };
}

function readHead(head: Buffer, segment: Element) {
  let nanosecondsPerUnit = 1_000_000;
  let units: number | undefined;
  let [width, height]: (number | undefined)[] = [];
  const walk = (from: number, to: number): void => {
    for (const element of elements(head, from, to)) {
      const { id, start, end } = element;
      if (id === ids.cluster) return;
      if (id === ids.info || id === ids.tracks || id === ids.trackEntry || id === ids.video) walk(start, end);
      else if (id === ids.timestampScale) nanosecondsPerUnit = wholeNumber(head, start, end);
      else if (id === ids.duration)
        units = end - start === 4 ? head.readFloatBE(start) : end - start === 8 ? head.readDoubleBE(start) : undefined;
      else if (id === ids.width) width ??= wholeNumber(head, start, end);
      else if (id === ids.height) height ??= wholeNumber(head, start, end);
    }
  };
  walk(segment.start, segment.end);
  return { nanosecondsPerUnit, units, width, height };
}

/** When the last picture or sound begins, in the film's units; 0 when the end of the file does not say. */
async function lastMoment(readAt: ReadAt, fileBytes: number): Promise<number> {
  const tail = await readAt(Math.max(0, fileBytes - tailBytes), Math.min(fileBytes, tailBytes));
  const mark = Buffer.from([0x1f, 0x43, 0xb6, 0x75]);
  for (let at = tail.lastIndexOf(mark); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(mark, at - 1)) {
    const [cluster] = elements(tail, at, tail.length);
    const parts = cluster ? [...elements(tail, cluster.start, cluster.end)] : [];
    // The same four bytes may stand in a picture by chance.
    if (parts[0]?.id !== ids.timestamp) continue;
    const begin = wholeNumber(tail, parts[0].start, parts[0].end);
    return Math.max(begin, ...parts.map((part) => begin + momentIn(tail, part)));
  }
  return 0;
}

/** How far after its cluster's beginning a block begins. */
function momentIn(tail: Buffer, part: Element): number {
  if (part.id === ids.blockGroup) return Math.max(0, ...[...elements(tail, part.start, part.end)].map((inner) => momentIn(tail, inner)));
  if (part.id !== ids.simpleBlock && part.id !== ids.block) return 0;
  const track = variable(tail, part.start, part.end, false);
  const at = part.start + (track?.length ?? 0);
  return track && at + 2 <= part.end ? tail.readInt16BE(at) : 0;
}

function* elements(buffer: Buffer, from: number, to: number): Generator<Element> {
  for (let at = from; at < to; ) {
    const id = variable(buffer, at, to, true);
    const size = id && variable(buffer, at + id.length, to, false);
    if (!id || !size) return;
    const start = at + id.length + size.length;
    const isUnknown = size.value === 2 ** (7 * size.length) - 1;
    const end = isUnknown ? to : Math.min(to, start + size.value);
    yield { id: id.value, start, end, saidEnd: isUnknown ? undefined : start + size.value };
    at = isUnknown ? to : start + size.value;
  }
}

/** A number whose first byte tells its length; an id keeps the bits that do. Source: RFC 8794, section 4. */
function variable(buffer: Buffer, at: number, to: number, keepsMarker: boolean): { value: number; length: number } | undefined {
  const first = at < to ? buffer[at]! : 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || length > 8 || at + length > to) return undefined;
  let value = keepsMarker ? first : first & (0xff >> length);
  for (let index = 1; index < length; index += 1) value = value * 256 + buffer[at + index]!;
  return { value, length };
}

function wholeNumber(buffer: Buffer, start: number, end: number): number {
  return end > start && end - start <= 6 ? buffer.readUIntBE(start, end - start) : 0;
}
