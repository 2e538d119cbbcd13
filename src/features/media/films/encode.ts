import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { encodersOf, type FfmpegRun, runFfmpeg } from './ffmpeg.ts';
import { pieceSeconds, type RungPlan } from './ladder-plan.ts';

/** A way to encode, with what is said to ffmpeg. */
export interface Encoder {
  name: string;
  picture(peakBitsPerSecond: number): readonly string[];
  sound: readonly string[];
}

const aac = ['-c:a', 'aac', '-b:a', '128k'];
const aimAt = (peak: number) => ['-b:v', String(Math.round(peak * 0.7)), '-maxrate', String(peak), '-bufsize', String(peak * 2)];

/** The best known first. H.264 plays everywhere; an ffmpeg without it, as some systems ship it, makes VP9. */
const encoders: (Encoder & { needs: readonly string[] })[] = [
  {
    name: 'x264',
    needs: ['libx264', 'aac'],
    picture: (peak) => [
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-sc_threshold', '0'],
      ...['-crf', '23', '-maxrate', String(peak), '-bufsize', String(peak * 2)],
    ],
    sound: aac,
  },
  { name: 'openh264', needs: ['libopenh264', 'aac'], picture: (peak) => ['-c:v', 'libopenh264', ...aimAt(peak)], sound: aac },
  {
    name: 'vp9',
    needs: ['libvpx-vp9', 'libopus'],
    picture: (peak) => ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '7', '-row-mt', '1', ...aimAt(peak)],
    sound: ['-c:a', 'libopus', '-b:a', '96k'],
  },
];

/** How this ffmpeg encodes best; undefined when it can do nothing that browsers play. */
export async function encoderOf(tool: string): Promise<Encoder | undefined> {
  const listed = new Set((await encodersOf(tool)).split(/\s+/));
  return encoders.find(({ needs }) => needs.every((name) => listed.has(name)));
}

/** A film's file on this disk. */
export interface SourceFilm {
  path: string;
  contentType: string;
  durationSeconds: number;
}

/** No more than these have the processor of one film; a school on a small machine still answers. */
const threads = '2';

/**
 * What is said before the film is named. Its kind is what its bytes said when it came in: otherwise a text that calls itself a film could name other files,
 * or addresses, to be read into it.
 */
function reading({ path, contentType }: SourceFilm, from = 0): string[] {
  const format = contentType === 'video/webm' || contentType === 'video/x-matroska' ? 'matroska' : 'mov';
  const start = from > 0 ? ['-ss', String(from)] : [];
  return ['-protocol_whitelist', 'file', '-f', format, '-threads', threads, '-max_pixels', '40000000', ...start, '-i', path];
}

const nothingElse = ['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'];

/** Ten times as long as the film, and at least ten minutes. */
const patienceMs = ({ durationSeconds }: SourceFilm) => Math.max(600, durationSeconds * 10) * 1000;

type Limits = Pick<FfmpegRun<unknown>, 'signal' | 'onSecond'>;

/** Makes one size of a film: a fragmented MP4 whose pieces begin at the same moments in every size. */
export function encodeRung<Result>(
  tool: string,
  wish: { film: SourceFilm; encoder: Encoder; plan: RungPlan; take: (output: Readable) => Promise<Result> } & Limits,
): Promise<Result> {
  const { film, encoder, plan, take, signal, onSecond } = wish;
  const args = [
    ...reading(film),
    ...['-map', '0:v:0', '-map', '0:a:0?', ...nothingElse],
    ...['-vf', `scale=${plan.width}:${plan.height},format=yuv420p,setsar=1`, '-fpsmax', '60', '-threads', threads],
    ...encoder.picture(plan.peakBitsPerSecond),
    ...['-g', '600', '-force_key_frames', `expr:gte(t,n_forced*${pieceSeconds})`],
    ...encoder.sound,
    ...['-ac', '2', '-ar', '48000'],
    ...['-f', 'mp4', '-movflags', 'frag_keyframe+delay_moov+default_base_moof+negative_cts_offsets+skip_trailer', 'pipe:1'],
  ];
  return runFfmpeg(tool, { args, take, signal, onSecond: onSecond ?? (() => undefined), timeoutMs: patienceMs(film) });
}

/** A picture of the film that is not its black beginning, as PNG. */
export function pictureFrom(tool: string, film: SourceFilm & { width: number; height: number }, signal?: AbortSignal): Promise<Buffer> {
  const scale = Math.min(1, 1920 / film.width, 1920 / film.height);
  const size = `${Math.max(2, Math.round(film.width * scale))}:${Math.max(2, Math.round(film.height * scale))}`;
  const args = [
    ...reading(film, Math.floor(Math.min(film.durationSeconds / 10, 60))),
    ...['-map', '0:v:0', ...nothingElse, '-vf', `thumbnail=48,scale=${size},setsar=1`, '-frames:v', '1'],
    ...['-c:v', 'png', '-f', 'image2pipe', 'pipe:1'],
  ];
  return runFfmpeg(tool, { args, take: (output) => buffer(output), signal, timeoutMs: 120_000 });
}
