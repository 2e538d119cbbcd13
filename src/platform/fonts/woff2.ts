import { brotliDecompressSync } from 'node:zlib';

/** The tables of a font by their tag, as a WOFF 2 file packs them: `glyf` and `loca` in the transformed shape, the others as in any TrueType font. */
export type FontTables = ReadonlyMap<string, Buffer>;

/** Tags that a file names by number. Source: W3C WOFF 2.0, section 4.1. */
const knownTags =
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
    .replaceAll('_', ' ')
    .match(/\S{3,4} ?/g)
    ?.map((tag) => tag.slice(0, 4).padEnd(4)) ?? [];

/** Unpacks a WOFF 2 file. */
export function readWoff2(file: Buffer): FontTables {
  if (file.toString('latin1', 0, 4) !== 'wOF2') throw new Error('This is no WOFF 2 font');
  const directory = new Reader(file, 48);
  const entries = Array.from({ length: file.readUInt16BE(12) }, () => {
    const flags = directory.uint8();
    const tag = (flags & 63) === 63 ? directory.bytes(4).toString('latin1') : (knownTags[flags & 63] ?? '');
    const originalLength = directory.base128();
    const isOutline = tag === 'glyf' || tag === 'loca';
    const isTransformed = isOutline ? flags >> 6 === 0 : flags >> 6 !== 0;
    return { tag: tag.trim(), length: isTransformed ? directory.base128() : originalLength };
  });
  const data = new Reader(brotliDecompressSync(file.subarray(directory.place, directory.place + file.readUInt32BE(20))));
  return new Map(entries.map(({ tag, length }) => [tag, data.bytes(length)]));
}

/** Reads a font's numbers, one after the other. */
export class Reader {
  place: number;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, place = 0) {
    this.#bytes = bytes;
    this.place = place;
  }

  bytes(count: number): Buffer {
    this.place += count;
    return this.#bytes.subarray(this.place - count, this.place);
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.place++);
  }

  int8(): number {
    return this.#bytes.readInt8(this.place++);
  }

  uint16(): number {
    this.place += 2;
    return this.#bytes.readUInt16BE(this.place - 2);
  }

  int16(): number {
    this.place += 2;
    return this.#bytes.readInt16BE(this.place - 2);
  }

  uint32(): number {
    this.place += 4;
    return this.#bytes.readUInt32BE(this.place - 4);
  }

  /** Seven bits a byte, the highest first. */
  base128(): number {
    let value = 0;
    for (;;) {
      const byte = this.uint8();
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  }

  /** WOFF 2's own short numbers. */
  short255(): number {
    const code = this.uint8();
    if (code === 253) return this.uint16();
    if (code === 254) return this.uint8() + 506;
    return code === 255 ? this.uint8() + 253 : code;
  }
}
