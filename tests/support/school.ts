import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { lean } from '../../scripts/lean.js';
import { portForServer } from './ports.ts';

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
  /** Whether it has its admin already. */
  led?: boolean;
  dataDir?: string;
  environment?: Record<string, string>;
}

/** A folder for a school's data, which the database's account can enter. */
export function temporaryDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-school-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** A folder with what another has: the accounts that own its files are kept, as PostgreSQL asks. */
export async function copyOf(folder: string): Promise<string> {
  const copy = temporaryDataDir();
  await promisify(execFile)('cp', ['-a', `${folder}/.`, copy]);
  return copy;
}

/** Data folders of schools that nobody runs. */
export interface Beginnings {
  /** Without anybody. */
  empty: string;
  withAdmin: string;
  /** Where the demo school is kept once somebody has asked for one. */
  demo: string;
}

let beginnings: Beginnings | undefined;

/** Lets every school of this process that has no folder of its own begin as a copy of one of these. */
export function beginFrom(made: Beginnings): void {
  beginnings = made;
}

/** The data of a school before its first start; migrated already where beginnings are known and the school keeps its database there. */
async function newDataDir({ led = false, words = [], environment }: SchoolOptions): Promise<string> {
  if (led && !beginnings) throw new Error('Only a test run makes schools that have an admin');
  if (environment?.DATABASE_URL || !beginnings) return temporaryDataDir();
  if (!words.includes('--empty')) return copyOf(await demoSchool(beginnings));
  return copyOf(led ? beginnings.withAdmin : beginnings.empty);
}

/** The data of a school without anybody that never ran; migrated already in a test run. */
export function emptyDataDir(): Promise<string> {
  return newDataDir({ words: ['--empty'] });
}

/** The demo school, which the first start without `--empty` loads for all that follow: it takes half a minute. */
async function demoSchool({ empty, demo }: Beginnings): Promise<string> {
  const loaded = join(demo, 'loaded');
  if (claim(join(demo, 'claimed'))) {
    const dataDir = await copyOf(empty);
    const school = await startSchool({ dataDir });
    await school.stop();
    renameSync(dataDir, loaded);
  }
  const patienceMs = 200_000;
  for (const started = performance.now(); !existsSync(loaded); await wait(100))
    if (performance.now() - started > patienceMs) throw new Error('The demo school was not loaded by whoever asked for it first');
  return loaded;
}

/** Whether the folder could be made: of several that ask, one is told so. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    // It is there.
    return false;
  }
}

/** Starts `lyceum serve` on a free port and waits until it is ready. */
export async function startSchool(options: SchoolOptions = {}): Promise<School> {
  const dataDir = options.dataDir ?? (await newDataDir(options));
  const port = await portForServer();
  const child = runLyceum(['serve', ...(options.words ?? [])], {
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    ...lateness(),
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
      if (child.process.exitCode) process.stderr.write(`The school had fallen:\n${child.output()}`);
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
  /** Once it has ended and said everything. */
  ended: Promise<{ code: number | null; output: string }>;
}

/** Runs the command line in a process of its own. */
export function runLyceum(words: string[], environment: Record<string, string>): Run {
  const school = lean({ ...withoutSettings(), ...environment });
  return runNode([...school.flags, 'src/cli.ts', ...words], school.environment);
}

/** Runs a program of the project in a process of its own, without the settings of whoever runs the tests. */
export function runNode(words: string[], environment: NodeJS.ProcessEnv): Run {
  const child = spawn(process.execPath, words, {
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
    ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, output: text }))),
  };
}

/** Runs a command to its end. */
export function lyceum(words: string[], environment: Record<string, string>): Run['ended'] {
  return runLyceum(words, environment).ended;
}

/** How a school of this run answers late, where the run is disturbed on purpose. */
function lateness(): Record<string, string> {
  const { JOURNEY_LATE_ANSWERS } = process.env;
  if (!JOURNEY_LATE_ANSWERS) return {};
  return { JOURNEY_LATE_ANSWERS, NODE_OPTIONS: `--import=${new URL('./late-answers.ts', import.meta.url)}` };
}

/** The environment of the test run without settings of a school that may happen to be set. */
function withoutSettings(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG, NODE_COMPILE_CACHE: resolve('node_modules/.cache/lyceum') };
}
