import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { freePort } from '#platform/ports.server.ts';
import { startMailServer } from '../support/mail-server.ts';
import { lyceum, startSchool, temporaryDataDir } from '../support/school.ts';

interface Diagnosis {
  code: number | null;
  isHealthy: boolean;
  /** State and words by what was looked at. */
  found: Record<string, string>;
}

async function doctor(environment: Record<string, string>): Promise<Diagnosis> {
  const { code, output } = await lyceum(['doctor', '--json'], environment);
  const { isHealthy, findings } = JSON.parse(output) as { isHealthy: boolean; findings: { check: string; state: string; words: string }[] };
  return { code, isHealthy, found: Object.fromEntries(findings.map(({ check, state, words }) => [check, `${state}: ${words}`])) };
}

describe('on the embedded database', () => {
  const dataDir = temporaryDataDir();
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test('before the first start there is no database, and none is made', async () => {
    const { code, found } = await doctor({ DATA_DIR: dataDir });
    expect(code).toBe(0);
    expect(found.database).toMatch(/^warn: There is none yet/);
  });

  test('a running school is examined on its own server and not disturbed; a stopped one on a server for the moment', async () => {
    const school = await startSchool({ dataDir, words: ['--empty'] });
    const running = await doctor({ DATA_DIR: dataDir });
    expect(running.found.database).toMatch(/^ok: PostgreSQL .*, embedded, of the running school$/);
    expect(Object.entries(running.found).filter(([, words]) => !words.startsWith('ok'))).toEqual([]);
    expect(running).toMatchObject({ code: 0, isHealthy: true });
    expect((await fetch(`${school.baseUrl}/readyz`)).status).toBe(200);
    await school.stop();
    const stopped = await doctor({ DATA_DIR: dataDir });
    expect(stopped.found.database).toMatch(/the school is not running$/);
    expect(stopped.code).toBe(0);
    const again = await startSchool({ dataDir, words: ['--empty'] });
    expect(await again.stop()).toBe(0);
  });

  test('people read one line for each look, and what it all comes to', async () => {
    const { output } = await lyceum(['doctor'], { DATA_DIR: dataDir });
    expect(output).toMatch(/^ok {4}settings {8}all valid$/m);
    expect(output.trim().split('\n').at(-1)).toMatch(/^The school (is in good health|works; \d+ of \d+ checks ask for a look)\.$/);
  });
});

describe('on a server of its own', () => {
  const dataDir = temporaryDataDir();
  let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let owner: pg.Client;
  let environment: Record<string, string>;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir, database: 'academy', dangerouslyWithoutDurability: true });
    environment = { DATABASE_URL: server.ownerUrl, DATA_DIR: dataDir, HOST: '127.0.0.1' };
    const ada = ['--email', 'ada@school.test', '--name', 'Ada', '--role', 'admin'];
    expect(await lyceum(['user', 'create', ...ada], environment)).toMatchObject({ code: 0 });
    expect(await lyceum(['user', 'reset-password', 'ada@school.test'], environment)).toMatchObject({ code: 0 });
    owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Examines while something is wrong, and mends it. */
  async function whileBroken(breaking: string, mending: string): Promise<Diagnosis> {
    await owner.query(breaking);
    try {
      return await doctor(environment);
    } finally {
      await owner.query(mending);
    }
  }

  test('a school as it should be is healthy, and no password is printed', async () => {
    const { code, output } = await lyceum(['doctor', '--json'], environment);
    expect(code).toBe(0);
    expect(output).toContain('"isHealthy": true');
    expect(output).toContain('whole, 2 entries');
    expect(output).not.toContain(new URL(server.ownerUrl).password);
  });

  test('an entry of the audit log that was changed past the program is found and named', async () => {
    const past = (statement: string) =>
      `alter table audit_log disable trigger user; ${statement}; alter table audit_log enable trigger user`;
    const { code, found } = await whileBroken(
      past("update audit_log set action = 'accounts.nothing' where sequence = 1"),
      past("update audit_log set action = 'accounts.userCreated' where sequence = 1"),
    );
    expect(found['audit log']).toMatch(/^fail: Broken at entry 1: /);
    expect(code).toBe(1);
    expect((await doctor(environment)).found['audit log']).toBe('ok: whole, 2 entries');
  });

  test('a migration that is missing is named and not applied', async () => {
    const { rows } = await owner.query('select migration_name as name from _prisma_migrations order by 1 desc limit 1');
    const { name } = rows[0];
    const { code, found } = await whileBroken(
      `update _prisma_migrations set rolled_back_at = now() where migration_name = '${name}'`,
      `update _prisma_migrations set rolled_back_at = null where migration_name = '${name}'`,
    );
    expect(found.migrations).toBe(`fail: Missing: ${name}. Run: lyceum migrate`);
    expect(code).toBe(1);
  });

  test('a migration of a newer version is named', async () => {
    const { found } = await whileBroken(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ('x', 'x', now(), '29990101000000_from_the_future', 1)`,
      "delete from _prisma_migrations where id = 'x'",
    );
    expect(found.migrations).toMatch(/^fail: Unknown to this version: 29990101000000_from_the_future\./);
  });

  test('a private table that stands open is named', async () => {
    const { code, found } = await whileBroken(
      'alter table orders disable row level security',
      'alter table orders enable row level security',
    );
    expect(found['private tables']).toMatch(/^fail: Row-level security is off on orders\./);
    expect(code).toBe(1);
  });

  test('a program that works as the owner of the tables is told so', async () => {
    const { code, found } = await doctor({ ...environment, DATABASE_APP_URL: server.ownerUrl });
    expect(found.role).toMatch(/^fail: lyceum is too powerful\./);
    expect(code).toBe(1);
  });

  test('jobs that have failed for good or that nobody runs are counted', async () => {
    const { code, found } = await whileBroken(
      `select graphile_worker.add_job('media.makeNothing', max_attempts => 1);
       update graphile_worker._private_jobs set attempts = 1;
       select graphile_worker.add_job('media.waits', run_at => now() - interval '1 hour')`,
      'delete from graphile_worker._private_jobs',
    );
    expect(found['failed jobs']).toMatch(/^warn: 1 failed for good \(media\.makeNothing\)\./);
    expect(found.jobs).toMatch(/^warn: 1 is overdue/);
    expect(code).toBe(0);
  });

  test('storage that cannot be written is named', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    const { code, found } = await doctor({ ...environment, STORAGE_URL: `file://${file}/uploads` });
    expect(found.storage).toMatch(/^fail: .*a-file\/uploads cannot be used \(ENOTDIR/);
    expect(code).toBe(1);
  });

  test('a mail server that is not there is named without its password; one that is there is greeted and gets no mail', async () => {
    const gone = await doctor({ ...environment, SMTP_URL: `smtp://school:hidden-password@127.0.0.1:${await freePort()}` });
    expect(gone.found.mail).toMatch(/^fail: The mail server 127\.0\.0\.1:\d+ cannot be used \(.*ECONNREFUSED/);
    expect(JSON.stringify(gone)).not.toContain('hidden-password');
    const smtp = await startMailServer();
    const there = await doctor({ ...environment, SMTP_URL: smtp.url, MAIL_FROM: 'School <school@school.test>' });
    expect(there.found.mail).toMatch(/^ok: 127\.0\.0\.1:\d+ answers; mails come from School <school@school\.test>$/);
    expect(smtp.deliveries).toEqual([]);
    await smtp.close();
  });

  test('an address that is not encrypted is pointed out', async () => {
    const { found } = await doctor({ ...environment, ORIGIN: 'http://school.example' });
    expect(found.address).toMatch(/^warn: http:\/\/school\.example is not encrypted/);
    expect(found.mail).toMatch(/^warn: no mail server/);
  });
});

test('a database that cannot be reached is one line, and the rest is examined all the same', async () => {
  const dataDir = temporaryDataDir();
  const { code, found } = await doctor({ DATA_DIR: dataDir, DATABASE_URL: 'postgresql://me:hidden-password@127.0.0.1:1/school' });
  expect(found.database).toMatch(/^fail: It cannot be examined \(.+\)\. Check DATABASE_URL\.$/);
  expect(found.storage).toMatch(/^ok/);
  expect(JSON.stringify(found)).not.toContain('hidden-password');
  expect(code).toBe(1);
  rmSync(dataDir, { recursive: true, force: true });
});

test('a setting that is wrong is named', async () => {
  const { code, found } = await doctor({ PORT: 'eighty' });
  expect(found).toEqual({ settings: 'fail: The setting PORT must be a whole number. lyceum config lists them all.' });
  expect(code).toBe(1);
});
