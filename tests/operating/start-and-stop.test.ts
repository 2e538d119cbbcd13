import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { freePort } from '#platform/ports.server.ts';
import { emptyDataDir, lyceum, type School, startSchool, temporaryDataDir } from '../support/school.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
}

function databasePid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

describe('a school on the embedded database', () => {
  const dataDir = temporaryDataDir();
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test('says that it is alive and ready, and leaves nothing running when asked to stop', async () => {
    const school = await startSchool({ dataDir, words: ['--empty'] });
    const server = databasePid(dataDir);
    expect((await fetch(`${school.baseUrl}/healthz`)).status).toBe(200);
    expect((await fetch(`${school.baseUrl}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${school.baseUrl}/metrics`)).text()).toContain('lyceum_http_request_duration_seconds');
    expect(await school.stop()).toBe(0);
    expect(isAlive(server)).toBe(false);
    await expect(fetch(`${school.baseUrl}/healthz`)).rejects.toThrow();
  });

  test('starts again by itself after everything was killed', async () => {
    const first = await startSchool({ dataDir, words: ['--empty'] });
    const server = databasePid(dataDir);
    first.process.kill('SIGKILL');
    process.kill(server, 'SIGKILL');
    await first.stop();
    const second = await startSchool({ dataDir, words: ['--empty'] });
    expect((await fetch(`${second.baseUrl}/readyz`)).status).toBe(200);
    expect(await second.stop()).toBe(0);
  });

  test('starts again when only the program was killed and its database lives on', async () => {
    const first = await startSchool({ dataDir, words: ['--empty'] });
    const orphan = databasePid(dataDir);
    first.process.kill('SIGKILL');
    await first.stop();
    expect(isAlive(orphan)).toBe(true);
    const second = await startSchool({ dataDir, words: ['--empty'] });
    expect(isAlive(orphan)).toBe(false);
    expect(await second.stop()).toBe(0);
  });

  test('answers 503 while its database is gone', async () => {
    const school = await startSchool({ dataDir, words: ['--empty'] });
    process.kill(databasePid(dataDir), 'SIGINT');
    await expect.poll(async () => (await fetch(`${school.baseUrl}/readyz`)).status, { timeout: 10_000 }).toBe(503);
    expect((await fetch(`${school.baseUrl}/courses`)).status, school.output()).toBe(503);
    expect((await fetch(`${school.baseUrl}/healthz`)).status).toBe(200);
    await school.stop();
  });
});

describe('a start that cannot succeed says so in one line', () => {
  let running: School;
  beforeAll(async () => {
    running = await startSchool({ words: ['--empty'] });
  });
  afterAll(() => running.stop());

  function expectOneLine(result: { code: number | null; output: string }, words: RegExp): void {
    expect(result.output.trim().split('\n').at(-1)).toMatch(words);
    expect(result.output).not.toMatch(/^\s+at /m);
    expect(result.code).toBe(1);
  }

  test('a taken port is named, with who holds it', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const port = (holder.address() as { port: number }).port;
    const result = await lyceum(['serve', '--empty'], { PORT: String(port), DATA_DIR: temporaryDataDir() });
    holder.close();
    expectOneLine(result, new RegExp(`^lyceum: Port ${port} is taken by .+ \\(process ${process.pid}\\)`));
  });

  test('a second start on the same data is refused, and the first is not disturbed', async () => {
    const result = await lyceum(['serve', '--empty'], { PORT: '0', DATA_DIR: running.dataDir });
    expectOneLine(result, /^lyceum: Another Lyceum is already running on /);
    expect((await fetch(`${running.baseUrl}/readyz`)).status).toBe(200);
  });

  test('a data directory that cannot be written is named', async () => {
    const folder = temporaryDataDir();
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expectOneLine(
      await lyceum(['serve', '--empty'], { PORT: '0', DATA_DIR: join(file, 'data') }),
      /^lyceum: The data directory .* cannot be written .*DATA_DIR\.$/,
    );
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });

  test('an unreachable database is named without its password', async () => {
    const result = await lyceum(['serve'], {
      PORT: '0',
      DATA_DIR: temporaryDataDir(),
      DATABASE_URL: 'postgresql://me:hidden-password@127.0.0.1:1/school',
    });
    expectOneLine(result, /^lyceum: The database school on 127\.0\.0\.1:1 cannot be reached \(.*\)\. Check DATABASE_URL\.$/);
    expect(result.output).not.toContain('hidden-password');
  });

  test('a setting that is wrong is named', async () => {
    expectOneLine(
      await lyceum(['serve'], { PORT: 'eighty', DATA_DIR: temporaryDataDir() }),
      /^lyceum: The setting PORT must be a whole number\.$/,
    );
  });
});

test('the database listens on another port where the free one was taken meanwhile', async () => {
  const other = createServer();
  const taken = await new Promise<number>((resolve) => other.listen(0, '127.0.0.1', () => resolve((other.address() as AddressInfo).port)));
  const ports = [taken, await freePort()];
  const dataDir = await emptyDataDir();
  const choosePort = async () => ports.shift() ?? 0;
  const server = await startEmbeddedPostgres({ dataDir, dangerouslyWithoutDurability: true, choosePort });
  expect(Number(new URL(server.ownerUrl).port)).not.toBe(taken);
  expect(ports).toEqual([]);
  await server.stop();
  other.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a school on a server of its own', () => {
  const dataDir = temporaryDataDir();
  let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir, database: 'academy', dangerouslyWithoutDurability: true });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('works with DATABASE_URL, loads no demo school, and starts no database', async () => {
    const school = await startSchool({ environment: { DATABASE_URL: server.ownerUrl, HOST: '127.0.0.1' } });
    expect((await fetch(`${school.baseUrl}/readyz`)).status).toBe(200);
    expect(existsSync(join(school.dataDir, 'postgres'))).toBe(false);
    expect(school.output()).not.toContain('demo.school');
    expect(await school.stop()).toBe(0);
  });

  test('refuses a database that is newer than the program', async () => {
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    await owner.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       values (gen_random_uuid()::text, 'x', now(), '29990101000000_from_the_future', 1)`,
    );
    await owner.end();
    const result = await lyceum(['serve'], { PORT: '0', DATA_DIR: temporaryDataDir(), DATABASE_URL: server.ownerUrl });
    expect(result.output.trim().split('\n').at(-1)).toMatch(/^lyceum: The database is newer than the program: /);
    expect(result.code).toBe(1);
  });
});
