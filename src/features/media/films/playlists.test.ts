import { expect, test } from 'vitest';
import { farFilm } from './far-film.ts';
import { ladderPlan, workShares } from './ladder-plan.ts';
import { masterPlaylist, rungPlaylist } from './playlists.ts';

test('the list of sizes says what each asks of a line, and where it is', () => {
  const rungs = [
    { width: 640, height: 360, codecs: 'avc1.64001e,mp4a.40.2', peakBitsPerSecond: 900_000, averageBitsPerSecond: 600_000 },
    { width: 1280, height: 720, codecs: 'avc1.64001f', peakBitsPerSecond: 2_500_000, averageBitsPerSecond: 1_800_000 },
  ];
  expect(masterPlaylist(rungs, (height) => `${height}.m3u8?seal=s`)).toBe(
    [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-STREAM-INF:BANDWIDTH=900000,AVERAGE-BANDWIDTH=600000,CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360',
      '360.m3u8?seal=s',
      '#EXT-X-STREAM-INF:BANDWIDTH=2500000,AVERAGE-BANDWIDTH=1800000,CODECS="avc1.64001f",RESOLUTION=1280x720',
      '720.m3u8?seal=s',
      '',
    ].join('\n'),
  );
});

test('the pieces of a size follow one another in its file without a gap', () => {
  const pieces = [
    [4000, 500],
    [4000, 700],
    [1480, 90],
  ] as const;
  expect(rungPlaylist({ height: 360, headBytes: 1300, pieces }, '360.mp4?seal=s').split('\n').slice(2)).toEqual([
    '#EXT-X-TARGETDURATION:4',
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-MAP:URI="360.mp4?seal=s",BYTERANGE="1300@0"',
    ...['#EXTINF:4.000,', '#EXT-X-BYTERANGE:500@1300', '360.mp4?seal=s'],
    ...['#EXTINF:4.000,', '#EXT-X-BYTERANGE:700@1800', '360.mp4?seal=s'],
    ...['#EXTINF:1.480,', '#EXT-X-BYTERANGE:90@2500', '360.mp4?seal=s'],
    '#EXT-X-ENDLIST',
    '',
  ]);
});

test.each([
  [1920, 1080, ['640x360', '1280x720', '1920x1080']],
  [3840, 2160, ['640x360', '1280x720', '1920x1080']],
  [1280, 720, ['640x360', '1280x720']],
  [1080, 1920, ['360x640', '720x1280', '1080x1920']],
  [960, 540, ['640x360', '960x540']],
  [640, 400, ['576x360']],
  [321, 241, ['320x240']],
  [1920, 800, ['864x360', '1728x720']],
])('a film of %i × %i is made in sizes that are none larger than itself', (width, height, sizes) => {
  const plan = ladderPlan({ width, height });
  expect(plan.map((rung) => `${rung.width}x${rung.height}`)).toEqual(sizes);
  expect(plan.map((rung) => rung.peakBitsPerSecond)).toEqual(plan.map((rung) => rung.peakBitsPerSecond).sort((one, other) => one - other));
  expect(workShares(plan).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
});

test.each([
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=4', 'YOUTUBE', 'dQw4w9WgXcQ'],
  ['youtu.be/dQw4w9WgXcQ', 'YOUTUBE', 'dQw4w9WgXcQ'],
  ['https://player.vimeo.com/video/76979871', 'VIMEO', '76979871'],
])('%s is a film at another site', (address, provider, externalId) => {
  expect(farFilm(address)).toEqual({ provider, externalId });
});

test('an address elsewhere is none', () => {
  expect(farFilm('https://evil.example/?https://youtu.be/dQw4w9WgXcQ')).toBeUndefined();
});
