/** The smallest MP4 that says how long it is and how large its picture: headers without a film. */
export function mp4(film: { seconds: number; width: number; height: number; long?: boolean; turned?: boolean }): Buffer {
  const movieHeader = film.long
    ? box('mvhd', [uint(1, 1), Buffer.alloc(3), Buffer.alloc(16), uint(1000, 4), bigint(film.seconds * 1000), Buffer.alloc(80)])
    : box('mvhd', [Buffer.alloc(4), Buffer.alloc(8), uint(1000, 4), uint(film.seconds * 1000, 4), Buffer.alloc(80)]);
  const sound = box('trak', [box('tkhd', [Buffer.alloc(84)])]);
  const [straight, turned] = film.turned ? [0, 65536] : [65536, 0];
  const matrix = [straight, turned, 0, turned, straight, 0, 0, 0, 0x40000000].map((part) => uint(part, 4));
  const size = [uint(film.width * 65536, 4), uint(film.height * 65536, 4)];
  const picture = box('trak', [box('tkhd', [Buffer.alloc(40), ...matrix, ...size])]);
  return Buffer.concat([
    box('ftyp', [Buffer.from('isom\0\0\0\0')]),
    box('mdat', [Buffer.alloc(50)]),
    box('moov', [movieHeader, sound, picture]),
  ]);
}

function box(type: string, parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([uint(content.length + 8, 4), Buffer.from(type), content]);
}

/** The smallest WebM of that kind. Its segment has no known size, as in what browsers record. */
export function webm(film: { seconds: number; width: number; height: number }): Buffer {
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(film.seconds * 1000);
  const info = element(
    [0x15, 0x49, 0xa9, 0x66],
    Buffer.concat([element([0x2a, 0xd7, 0xb1], uint(1_000_000, 3)), element([0x44, 0x89], duration)]),
  );
  const video = element([0xe0], Buffer.concat([element([0xb0], uint(film.width, 2)), element([0xba], uint(film.height, 2))]));
  const tracks = element([0x16, 0x54, 0xae, 0x6b], element([0xae], video));
  const head = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], Buffer.from('webm')));
  return Buffer.concat([head, Buffer.from([0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), info, tracks]);
}

function element(id: number[], content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(id), uint(0x4000 | content.length, 2), content]);
}

function uint(value: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  buffer.writeUIntBE(value, 0, length);
  return buffer;
}

function bigint(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(value));
  return buffer;
}
