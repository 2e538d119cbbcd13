import type { FileHandle } from 'node:fs/promises';
import type { ContentType } from '../files/sniff.ts';

/** How much of the end of a file is looked at: an archive's own end may stand before a comment of 64 KB. */
const tailBytes = 66_000;

const zipEnd = 'PK\x05\x06';
/** What stands at the end of a file of the type, and in no part of it that was cut off. */
const ends: Partial<Record<ContentType, string>> = {
  'application/pdf': '%%EOF',
  'application/zip': zipEnd,
  'application/epub+zip': zipEnd,
  'application/vnd.oasis.opendocument.text': zipEnd,
  'application/vnd.oasis.opendocument.spreadsheet': zipEnd,
  'application/vnd.oasis.opendocument.presentation': zipEnd,
  'image/png': 'IEND',
  'image/jpeg': '\xff\xd9',
};

const isoTypes: readonly ContentType[] = ['video/mp4', 'video/quicktime', 'audio/mp4'];
const matroskaTypes: readonly ContentType[] = ['video/webm', 'video/x-matroska'];

/** Whether a file has its end, as far as its format tells. */
export async function isWhole(file: FileHandle, sizeBytes: number, type: ContentType): Promise<boolean> {
  if (isoTypes.includes(type)) return isWholeIso(file, sizeBytes);
  if (matroskaTypes.includes(type)) return isWholeMatroska(file, sizeBytes);
  const end = ends[type];
  return end === undefined || (await tailOf(file, sizeBytes)).includes(end);
}

/** The last bytes of a file, one character each. */
export async function tailOf(file: FileHandle, sizeBytes: number): Promise<string> {
  const length = Math.min(tailBytes, sizeBytes);
  return (await readAt(file, sizeBytes - length, length)).toString('latin1');
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The boxes fill the file, and the one that says what is in it is among them. Source: ISO/IEC 14496-12, 4.2. */
async function isWholeIso(file: FileHandle, sizeBytes: number): Promise<boolean> {
  const mostBoxes = 100_000;
  let hasIndex = false;
  let at = 0;
  for (let count = 0; at + 8 <= sizeBytes && count < mostBoxes; count += 1) {
    const head = await readAt(file, at, 16);
    const short = head.readUInt32BE(0);
    const size = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short === 0 ? sizeBytes - at : short;
    if (size < 8) return false;
    hasIndex ||= head.toString('latin1', 4, 8) === 'moov';
    at += size;
  }
  return hasIndex && at <= sizeBytes;
}

/** The segment after the head ends within the file, unless it does not say where. Source: RFC 8794, section 4 and RFC 9559. */
async function isWholeMatroska(file: FileHandle, sizeBytes: number): Promise<boolean> {
  const head = await readAt(file, 0, 4096);
  const first = sizeAt(head, 4);
  if (first?.value === undefined) return false;
  const segment = first.end + first.value;
  if (head.length < segment + 5 || head.readUInt32BE(segment) !== 0x18538067) return false;
  const size = sizeAt(head, segment + 4);
  return size !== undefined && (size.value === undefined || size.end + size.value <= sizeBytes);
}

/** A number of one to eight bytes; without a value where all its bits say "unknown". */
function sizeAt(bytes: Buffer, at: number): { value: number | undefined; end: number } | undefined {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  if (length > 8 || bytes.length < at + length) return undefined;
  let value = BigInt(bytes[at]!) & ((1n << BigInt(8 - length)) - 1n);
  for (const byte of bytes.subarray(at + 1, at + length)) value = (value << 8n) | BigInt(byte);
  const isUnknown = value === (1n << BigInt(7 * length)) - 1n;
  return { value: isUnknown ? undefined : Number(value), end: at + length };
}
