import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { OperatorError } from '../errors.ts';

/** Whether a server answers at the URL. */
export async function canConnect(url: string): Promise<boolean> {
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

/** What `postmaster.pid` says of a server on this cluster, when one may be running. */
export function recordedServer(cluster: string): { pid: number; port: number } | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(pid), port: Number(port) };
}

/** Key of the advisory lock that the running program holds; the database frees it when the process dies, however it dies. */
const liveProgramLock = 0x1ce0;

/** Whether a server answers there, and whether a living program holds it. */
export async function programLives(serverUrl: string): Promise<'no server' | 'no' | 'yes'> {
  if (!(await canConnect(serverUrl))) return 'no server';
  const client = new pg.Client({ connectionString: serverUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [liveProgramLock]);
  await client.end();
  return rows[0]?.free ? 'no' : 'yes';
}

/** Makes way for a new server: stops one left behind by a killed program, waits for one that is dying, refuses beside a living program. */
export async function takeOver(cluster: string, serverUrlOn: (port: number) => string, dataDir: string): Promise<void> {
  const patienceMs = 15_000;
  const recorded = recordedServer(cluster);
  if (!recorded?.port) return;
  for (const started = performance.now(); performance.now() - started < patienceMs && isAlive(recorded.pid); ) {
    const lives = await programLives(serverUrlOn(recorded.port));
    if (lives === 'yes')
      throw new OperatorError(`Another Lyceum is already running on ${dataDir}. Stop it first, or choose another folder with DATA_DIR.`);
    if (lives === 'no') {
      process.kill(recorded.pid, 'SIGINT');
      return untilGone(recorded.pid);
    }
    await pause();
  }
  // Killed, but never collected by its parent: PostgreSQL would take the leftover entry for a living server.
  if (isZombie(recorded.pid)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Tells a second start that this program lives, for as long as the connection does. */
export async function holdLiveProgramLock(serverUrl: string): Promise<pg.Client> {
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
    await pause();
  }
  throw new OperatorError(
    `The database server (process ${pid}) left behind by an earlier run does not stop. Stop it by hand and start again.`,
  );
}

/** A moment between two looks. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40));
}

/** On Linux: whether all that is left of a process is its entry in the table. */
function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && / Z /.test(readFileSync(file, 'utf8').replace(/^.*\)/, ''));
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
