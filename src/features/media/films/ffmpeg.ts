import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { toolEnvironment } from '#platform/config.server.ts';
import { runtime } from '#platform/runtime.server.ts';

/** The film could not be worked through: it is broken, or of a kind that the tool does not know. What the tool said is for the log. */
export class FilmUnreadable extends Error {}

export interface FfmpegRun<Result> {
  args: readonly string[];
  /** Takes what the tool writes. What it gives counts only when the tool has ended well. */
  take(output: Readable): Promise<Result>;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Hears of each second of the film that is done. */
  onSecond?(second: number): void;
}

/** Where ffmpeg is on this machine; undefined where it is not. */
export async function findFfmpeg(): Promise<string | undefined> {
  const { ffmpegPath } = runtime().config;
  const names = process.platform === 'win32' ? ['ffmpeg.exe'] : ['ffmpeg'];
  const folders = (toolEnvironment().PATH ?? '').split(delimiter).filter(Boolean);
  const places = ffmpegPath ? [ffmpegPath] : folders.flatMap((folder) => names.map((name) => join(folder, name)));
  for (const place of places)
    if (
      await access(place, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return place;
  return undefined;
}

const keptErrorBytes = 4000;

/**
 * Runs ffmpeg with less right to the processor than the school itself, and without the school's secrets in its environment. It ends with this process,
 * because what it writes goes through a pipe to here. Throws `FilmUnreadable` when it fails.
 */
export async function runFfmpeg<Result>(tool: string, run: FfmpegRun<Result>): Promise<Result> {
  run.signal?.throwIfAborted();
  const child = start(tool, ['-hide_banner', '-nostdin', '-v', 'error', '-progress', 'pipe:3', '-stats_period', '1', ...run.args]);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  let cause: 'abort' | 'timeout' | 'output' | undefined;
  const stop = (why: typeof cause) => {
    cause ??= why;
    child.kill('SIGKILL');
  };
  const onAbort = () => stop('abort');
  run.signal?.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => stop('timeout'), run.timeoutMs);
  const complaints = lastOf(child.stdio[2] as Readable);
  follow(child.stdio[3] as Readable, run.onSecond);
  const taken = run.take(child.stdio[1] as Readable).catch((error: unknown) => {
    stop('output');
    throw error;
  });
  try {
    const [result, { code, signal }] = await Promise.all([taken, ended]);
    if (cause === 'timeout') throw new FilmUnreadable('It took too long.');
    if (cause === 'abort' || signal) throw new Error(`ffmpeg was ended (${cause ?? signal})`);
    if (code !== 0) throw new FilmUnreadable(`ffmpeg ended with ${code}: ${complaints()}`);
    return result;
  } finally {
    clearTimeout(timer);
    run.signal?.removeEventListener('abort', onAbort);
  }
}

/** What the tool can encode, as it lists it. */
export async function encodersOf(tool: string): Promise<string> {
  const child = start(tool, ['-hide_banner', '-encoders']);
  for (const stream of [child.stdio[2], child.stdio[3]]) (stream as Readable).resume();
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  return Promise.race([text(child.stdio[1] as Readable), failed]);
}

function start(tool: string, args: readonly string[]): ChildProcess {
  const env = { ...toolEnvironment(), LC_ALL: 'C' };
  const [command, words] = process.platform === 'win32' ? [tool, args] : ['nice', ['-n', '10', tool, ...args]];
  return spawn(command, words, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'], windowsHide: true });
}

function lastOf(stream: Readable): () => string {
  let last = '';
  stream.setEncoding('utf8').on('data', (words: string) => {
    last = (last + words).slice(-keptErrorBytes);
  });
  return () => last.trim();
}

function follow(progress: Readable, onSecond?: (second: number) => void): void {
  let rest = '';
  progress.setEncoding('utf8').on('data', (words: string) => {
    const lines = (rest + words).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, microseconds] = /^out_time_us=(\d+)$/.exec(line) ?? [];
      if (microseconds) onSecond?.(Number(microseconds) / 1e6);
    }
  });
}
