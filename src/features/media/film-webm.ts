import type { FilmFacts, ReadAt } from './film-facts.ts';

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
};

interface Element {
  id: number;
  start: number;
  /** Of an element of unknown size, which streams have, the end of what was read. */
  end: number;
}

/** Length and size of a WebM film. Both stand before the first cluster of pictures, so that the head of the file is enough. */
export async function webmFacts(readAt: ReadAt): Promise<FilmFacts | undefined> {
  const head = await readAt(0, 1024 * 1024);
  const segment = [...elements(head, 0, head.length)].find((element) => element.id === ids.segment);
  if (!segment) return undefined;
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
  const durationSeconds = ((units ?? 0) * nanosecondsPerUnit) / 1e9;
  return Number.isFinite(durationSeconds) && durationSeconds > 0
    ? { durationSeconds, width: width || undefined, height: height || undefined }
    : undefined;
}

function* elements(buffer: Buffer, from: number, to: number): Generator<Element> {
  for (let at = from; at < to; ) {
    const id = variable(buffer, at, to, true);
    const size = id && variable(buffer, at + id.length, to, false);
    if (!id || !size) return;
    const start = at + id.length + size.length;
    const isUnknown = size.value === 2 ** (7 * size.length) - 1;
    const end = isUnknown ? to : Math.min(to, start + size.value);
    yield { id: id.value, start, end };
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
