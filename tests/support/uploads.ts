/** An MP4 film as far as its boxes tell: a head, an index and so many bytes of pictures. */
export function aFilm(pictureBytes: number, { withoutIndex = false } = {}): Buffer {
  const index = withoutIndex ? [] : [box('moov', Buffer.alloc(24))];
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), ...index, box('mdat', Buffer.alloc(pictureBytes, 'lyceum'))]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
