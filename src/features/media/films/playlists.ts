/** A size of a film, as the list of them needs it. */
export interface ListedRung {
  width: number;
  height: number;
  codecs: string;
  peakBitsPerSecond: number;
  averageBitsPerSecond: number;
}

/** A size with its pieces: milliseconds and bytes of each. */
export interface PiecedRung {
  height: number;
  headBytes: number;
  pieces: readonly (readonly [milliseconds: number, bytes: number])[];
}

/** The list of a film's sizes, each with the address of its own playlist. Source: RFC 8216. */
export function masterPlaylist(rungs: readonly ListedRung[], addressOf: (height: number) => string): string {
  const lines = rungs.flatMap(({ width, height, codecs, peakBitsPerSecond, averageBitsPerSecond }) => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${peakBitsPerSecond},AVERAGE-BANDWIDTH=${averageBitsPerSecond},CODECS="${codecs}",RESOLUTION=${width}x${height}`,
    addressOf(height),
  ]);
  return ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...lines, ''].join('\n');
}

/** The playlist of one size: pieces of one file, by ranges of its bytes. */
export function rungPlaylist({ headBytes, pieces }: PiecedRung, address: string): string {
  const longest = Math.max(...pieces.map(([milliseconds]) => milliseconds));
  const lines: string[] = [];
  let at = headBytes;
  for (const [milliseconds, bytes] of pieces) {
    lines.push(`#EXTINF:${(milliseconds / 1000).toFixed(3)},`, `#EXT-X-BYTERANGE:${bytes}@${at}`, address);
    at += bytes;
  }
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(longest / 1000))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${address}",BYTERANGE="${headBytes}@0"`,
    ...lines,
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}
