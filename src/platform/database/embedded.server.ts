import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { messageOf, OperatorError } from '../errors.ts';
import { freePort } from '../ports.server.ts';
import { type Account, databaseHome, postgresBinaries, unprivilegedAccount } from './embedded-home.server.ts';

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
  await takeOver(cluster, keys, options.dataDir);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    options.say?.('Creating the database');
    initialize(cluster, home, keys, binaries.initdb, account);
  }
  const port = await freePort();
  const server = launch(binaries.postgres, cluster, port, account, options.dangerouslyWithoutDurability ?? false);
  const database = options.database ?? 'lyceum';
  await untilReady(urlOf(keys, port, 'postgres'), server);
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

function initialize(cluster: string, home: string, keys: Keys, initdb: string, account: Account | undefined): void {
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { mode: 0o700 });
  const passwordFile = join(home, 'initial-password');
  writeFileSync(passwordFile, keys.owner, { mode: 0o600 });
  if (account) for (const path of [cluster, passwordFile]) chownSync(path, account.uid, account.gid);
  const arguments_ = [
    '-D',
    cluster,
    '-U',
    ownerRole,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const result = spawnSync(initdb, arguments_, { cwd: home, encoding: 'utf8', env: {}, ...account });
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    rmSync(cluster, { recursive: true, force: true });
    throw new OperatorError(
      `The database could not be created in ${cluster}: ${(result.stderr || messageOf(result.error)).trim().split('\n').at(-1)}`,
    );
  }
  chmodSync(cluster, 0o700);
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

async function untilReady(url: string, server: Launched): Promise<void> {
  const patienceMs = 60_000;
  for (const started = performance.now(); performance.now() - started < patienceMs; ) {
    if (server.process.exitCode !== null || server.process.pid === undefined) {
      throw new OperatorError(`The embedded database did not start: ${server.output.join('').trim().split('\n').slice(-3).join(' | ')}`);
    }
    if (await canConnect(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new OperatorError(`The embedded database did not answer within ${patienceMs / 1000} seconds.`);
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    // Not ready yet: the caller asks again until its patience ends.
    return false;
  }
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

/** What `postmaster.pid` says of a server on this cluster, when one may be running. */
function recordedServer(cluster: string): { pid: number; port: number } | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(pid), port: Number(port) };
}

/** Key of the advisory lock that the running program holds; the database frees it when the process dies, however it dies. */
const liveProgramLock = 0x1ce0;

/** Whether a server answers there, and whether a living program holds it. */
async function programLives(serverUrl: string): Promise<'no server' | 'no' | 'yes'> {
  if (!(await canConnect(serverUrl))) return 'no server';
  const client = new pg.Client({ connectionString: serverUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [liveProgramLock]);
  await client.end();
  return rows[0]?.free ? 'no' : 'yes';
}

async function takeOver(cluster: string, keys: Keys, dataDir: string): Promise<void> {
  const recorded = recordedServer(cluster);
  if (!recorded?.port) return;
  const lives = await programLives(urlOf(keys, recorded.port, 'postgres'));
  if (lives === 'yes')
    throw new OperatorError(`Another Lyceum is already running on ${dataDir}. Stop it first, or choose another folder with DATA_DIR.`);
  if (lives === 'no server') return;
  process.kill(recorded.pid, 'SIGINT');
  await untilGone(recorded.pid);
}

async function holdLiveProgramLock(serverUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: serverUrl, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [liveProgramLock]);
  return client;
}

async function untilGone(pid: number): Promise<void> {
  const patienceMs = 30_000;
  for (const started = performance.now(); performance.now() - started < patienceMs; ) {
    if (!isAlive(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new OperatorError(
    `The database server (process ${pid}) left behind by an earlier run does not stop. Stop it by hand and start again.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
}

/** Fast shutdown: sessions are ended, a checkpoint is written, the process exits. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGINT');
  await exited;
}
