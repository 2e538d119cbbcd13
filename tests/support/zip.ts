import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip made by hand, which may lie about itself. */
export interface ZipEntry {
  name: string;
  content?: string | Uint8Array;
  /** What the archive says the size is; the truth when left out. */
  declaredSize?: number;
  /** Unix mode in the upper half of the attributes: 0o120777 is a symbolic link. */
  mode?: number;
  /** Bit 0 says that the entry is encrypted. */
  flags?: number;
  /** Lets this entry's data be that of the entry so many places before, as overlapping bombs do. */
  sharesDataWith?: number;
}

/** A zip archive in bytes. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const places: { offset: number; data: Buffer; content: Buffer }[] = [];
  let offset = 0;
  for (const entry of entries) {
    const shared = entry.sharesDataWith === undefined ? undefined : places[entry.sharesDataWith];
    const content = shared?.content ?? Buffer.from(entry.content ?? '');
    const data = shared?.data ?? deflateRawSync(content, { level: 9 });
    const place = { offset: shared?.offset ?? offset, data, content };
    places.push(place);
    const name = Buffer.from(entry.name);
    const head = header(entry, content, data, name.length);
    if (!shared) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head.subarray(0, 26), name, data]);
      parts.push(local);
      offset += local.length;
    }
    const central = Buffer.alloc(46 - 4 - 2);
    head.subarray(0, 26).copy(central, 0);
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 32);
    central.writeUInt32LE(place.offset, 36);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 3]), central, name]));
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** What the local header and the directory have in common, from "version needed" on. */
function header(entry: ZipEntry, content: Buffer, data: Buffer, nameLength: number): Buffer {
  const fields = Buffer.alloc(28);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE((entry.flags ?? 0) | 0x800, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(0x5a210000, 6);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(entry.declaredSize ?? content.length, 18);
  fields.writeUInt16LE(nameLength, 22);
  return fields;
}
