const hex = (byte: number) => byte.toString(16).padStart(2, '0');
const two = (number: number) => String(number).padStart(2, '0');

/** The codecs of a fragmented MP4's head, as playlists name them (RFC 6381). The two kinds that we make: H.264 with AAC, and VP9 with Opus. */
export function codecsOf(head: Buffer): string {
  const found: string[] = [];
  const h264 = contentOf(head, 'avcC');
  // version, profile, compatibility, level
  if (h264) found.push(`avc1.${hex(h264[1]!)}${hex(h264[2]!)}${hex(h264[3]!)}`);
  const vp9 = contentOf(head, 'vpcC');
  // four bytes of version and flags, then profile, level, and the depth in the upper half of a byte
  if (vp9) found.push(`vp09.${two(vp9[4]!)}.${two(vp9[5]!)}.${two(vp9[6]! >> 4)}`);
  if (head.includes('mp4a')) found.push('mp4a.40.2');
  if (head.includes('Opus')) found.push('opus');
  if (!h264 && !vp9) throw new Error('A film without pictures that we know');
  return found.join(',');
}

function contentOf(head: Buffer, type: string): Buffer | undefined {
  const at = head.indexOf(type, 0, 'latin1');
  return at >= 4 && at + 12 <= head.length ? head.subarray(at + 4) : undefined;
}
