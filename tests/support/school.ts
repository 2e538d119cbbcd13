import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#platform/ports.server.ts';

/** A whole school running as its own process, as a person would start it. */
export interface School {
  baseUrl: string;
  dataDir: string;
  process: ChildProcess;
  /** Everything the process has printed. */
  output(): string;
  /** Asks it to stop, as Ctrl-C does, and waits. Returns the exit code. */
  stop(): Promise<number | null>;
}

export interface SchoolOptions {
  words?: string[];
  dataDir?: string;
  environment?: Record<string, string>;
}

/** A folder for a school's data, which the database's account can enter. */
export function temporaryDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-school-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Starts `lyceum serve` on a free port and waits until it is ready. */
export async function startSchool(options: SchoolOptions = {}): Promise<School> {
  const port = await freePort();
  const dataDir = options.dataDir ?? temporaryDataDir();
  const child = runLyceum(['serve', ...(options.words ?? [])], {
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    ...options.environment,
  });
  const exited = new Promise<number | null>((resolve) => child.process.once('exit', resolve));
  const ready = await Promise.race([child.printed('Lyceum is ready'), exited.then(() => false)]);
  if (!ready) throw new Error(`The school did not start:\n${child.output()}`);
  return {
    baseUrl: `http://localhost:${port}`,
    dataDir,
    process: child.process,
    output: child.output,
    async stop() {
      child.process.kill('SIGINT');
      const code = await exited;
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

interface Run {
  process: ChildProcess;
  output(): string;
  /** Resolves to true once the text has been printed. */
  printed(text: string): Promise<true>;
}

/** Runs the command line in a process of its own. */
export function runLyceum(words: string[], environment: Record<string, string>): Run {
  const child = spawn(process.execPath, ['src/cli.ts', ...words], {
    env: { ...withoutSettings(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const waiting: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const look of waiting) look();
    });
  }
  return {
    process: child,
    output: () => text,
    printed: (wanted) =>
      new Promise((resolve) => {
        const look = () => text.includes(wanted) && resolve(true);
        waiting.push(look);
        look();
      }),
  };
}

/** Runs a command to its end. */
export async function lyceum(words: string[], environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const run = runLyceum(words, environment);
  const code = await new Promise<number | null>((resolve) => run.process.once('close', resolve));
  return { code, output: run.output() };
}

/** The environment of the test run without settings of a school that may happen to be set. */
function withoutSettings(): Record<string, string | undefined> {
  return { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, LANG: process.env.LANG };
}
