import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { makeFolder } from './folder.ts';

/** Whether this machine has the tools that real films are made with; tests that need them are skipped where it has not. */
export const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0;

export interface RealFilm {
  seconds: number;
  width: number;
  height: number;
  format?: 'mp4' | 'mov' | 'webm' | 'mkv';
  silent?: boolean;
  /** Shows something else than others of its kind, so that its bytes are its own. */
  hertz?: number;
  /** More words for ffmpeg, before the file's name. */
  more?: readonly string[];
}

/** A film that really plays: a test picture that counts, and a tone. */
export function realFilm({ seconds, width, height, format = 'mp4', silent = false, hertz = 440, more = [] }: RealFilm): Buffer {
  const folder = makeFolder('real-film');
  const path = `${folder.path}/film.${format}`;
  const codecs =
    format === 'webm'
      ? ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus']
      : ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const picture = ['-f', 'lavfi', '-i', `testsrc2=s=${width}x${height}:r=25:d=${seconds}`];
  const sound = silent ? [] : ['-f', 'lavfi', '-i', `sine=f=${hertz}:d=${seconds}`];
  try {
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...picture, ...sound, ...codecs, ...more, path]);
    return readFileSync(path);
  } finally {
    folder.remove();
  }
}
