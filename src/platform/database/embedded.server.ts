import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { messageOf, OperatorError } from '../errors.ts';
import { freePort } from '../ports.server.ts';
import { type Account, databaseHome, postgresBinaries, unprivilegedAccount } from './embedded-home.server.ts';
import { canConnect, holdLiveProgramLock, pause, programLives, recordedServer, takeOver } from './embedded-takeover.server.ts';

/** A running embedded server. Passwords live in the data directory and nowhere else. */
export interface EmbeddedPostgres {
  /** Connection of the role that owns the tables and applies migrations. */
  ownerUrl: string;
  /** Password that the application's own, weaker role gets. */
  applicationPassword: string;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  /** Database to create when it is missing. */
  database?: string;
  /** Trades safety for speed: only for tests and benchmarks on data that may be lost. */
  dangerouslyWithoutDurability?: boolean;
  say?: (line: string) => void;
  /** Where it listens: a free port, unless said otherwise. */
  choosePort?: () => Promise<number>;
}

interface Keys {
  owner: string;
  application: string;
}

const ownerRole = 'lyceum';

/**
 * Starts PostgreSQL from the npm package on a free local port, creating its cluster the first time.
 * A server left behind by a killed program is stopped and started anew; a live one means a second start: OperatorError.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = unprivilegedAccount();
  const home = databaseHome(options.dataDir, account);
  const binaries = postgresBinaries(home, account);
  const cluster = join(home, 'cluster');
  const keys = readKeys(home);
  await takeOver(cluster, (port) => urlOf(keys, port, 'postgres'), options.dataDir);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    options.say?.('Creating the database');
    initialize(cluster, home, keys, binaries.initdb, account);
  }
  const { port, server } = await launchOnFreePort(
    (port) => launch(binaries.postgres, cluster, port, account, options.dangerouslyWithoutDurability ?? false),
    (port) => urlOf(keys, port, 'postgres'),
    options.choosePort ?? freePort,
  );
  const database = options.database ?? 'lyceum';
  const lock = await holdLiveProgramLock(urlOf(keys, port, 'postgres'));
  await createDatabase(urlOf(keys, port, 'postgres'), database);
  return {
    ownerUrl: urlOf(keys, port, database),
    applicationPassword: keys.application,
    async stop() {
      await lock.end();
      await stop(server.process);
    },
  };
}

/** The server that a running program holds on this data directory, for a command beside it; undefined when none lives. */
export async function joinEmbeddedPostgres(dataDir: string, database = 'lyceum'): Promise<EmbeddedPostgres | undefined> {
  const home = join(dataDir, 'postgres');
  const recorded = recordedServer(join(home, 'cluster'));
  if (!recorded || !existsSync(join(home, 'keys.json'))) return undefined;
  const keys = readKeys(home);
  if ((await programLives(urlOf(keys, recorded.port, 'postgres'))) !== 'yes') return undefined;
  return { ownerUrl: urlOf(keys, recorded.port, database), applicationPassword: keys.application, stop: async () => undefined };
}

function urlOf(keys: Keys, port: number, database: string): string {
  return `postgresql://${ownerRole}:${keys.owner}@127.0.0.1:${port}/${database}`;
}

function readKeys(home: string): Keys {
  const file = join(home, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Keys;
  const keys: Keys = { owner: randomBytes(24).toString('hex'), application: randomBytes(24).toString('hex') };
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

/** Makes the cluster under another name and moves it into place when it is whole: a start that is killed midway begins anew. */
function initialize(cluster: string, home: string, keys: Keys, initdb: string, account: Account | undefined): void {
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = join(home, 'initial-password');
  writeFileSync(passwordFile, keys.owner, { mode: 0o600 });
  if (account) for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid);
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '-E', 'UTF8'];
  const words = ['-D', unfinished, '-U', ownerRole, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...locale, '--no-instructions'];
  const result = spawnSync(initdb, words, { cwd: home, encoding: 'utf8', env: {}, ...account });
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    const reason = (result.stderr || messageOf(result.error)).trim().split('\n').at(-1);
    throw new OperatorError(`The database could not be created in ${cluster}: ${reason}`);
  }
  renameSync(unfinished, cluster);
}

interface Launched {
  process: ChildProcess;
  output: string[];
}

function launch(binary: string, cluster: string, port: number, account: Account | undefined, fast: boolean): Launched {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    jit: 'off',
    password_encryption: 'scram-sha-256',
    ...(fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Its own process group: Ctrl-C in the terminal must reach the program first, which then stops the server in order.
  const child = spawn(binary, ['-D', cluster, ...flags], {
    cwd: cluster,
    env: {},
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...account,
  });
  const output: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    output.push(chunk);
    if (output.length > 50) output.shift();
  });
  child.on('error', (error) => output.push(error.message));
  return { process: child, output };
}

/** A port that was free may be another program's by the time the server asks for it: then it is another one. */
async function launchOnFreePort(
  launchOn: (port: number) => Launched,
  urlOn: (port: number) => string,
  choosePort: () => Promise<number>,
): Promise<{ port: number; server: Launched }> {
  for (let triesLeft = 4; ; triesLeft -= 1) {
    const port = await choosePort();
    const server = launchOn(port);
    try {
      await untilReady(urlOn(port), server);
      return { port, server };
    } catch (error) {
      if (triesLeft === 0 || !server.output.join('').includes('could not bind')) throw error;
    }
  }
}

async function untilReady(url: string, server: Launched): Promise<void> {
  const patienceMs = 60_000;
  for (const started = performance.now(); performance.now() - started < patienceMs; ) {
    if (server.process.exitCode !== null || server.process.pid === undefined) {
      throw new OperatorError(`The embedded database did not start: ${server.output.join('').trim().split('\n').slice(-3).join(' | ')}`);
    }
    if (await canConnect(url)) return;
    await pause();
  }
  throw new OperatorError(`The embedded database did not answer within ${patienceMs / 1000} seconds.`);
}

async function createDatabase(adminUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

/** Fast shutdown: sessions are ended, a checkpoint is written, the process exits. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGINT');
  await exited;
}
