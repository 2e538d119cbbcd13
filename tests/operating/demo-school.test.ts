import { rmSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { lyceum, runLyceum, temporaryDataDir } from '../support/school.ts';
import { startServer } from '../support/server.ts';

const dataDir = temporaryDataDir();
let server: EmbeddedPostgres;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const settings = () => ({ DATABASE_URL: server.ownerUrl, DATA_DIR: dataDir });

async function counts(): Promise<Record<string, number>> {
  const tables = [
    'users',
    'categories',
    'courses',
    'chapters',
    'lessons',
    'files',
    'videos',
    'access_grants',
    'enrollments',
    'lesson_progress',
    'learning_days',
    'certificates',
  ];
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<Record<string, number>>(
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`)}`,
  );
  await owner.end();
  return rows[0] ?? {};
}

/** How often somebody has finished a course. */
async function completions(): Promise<number> {
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ count: number }>('select count(*)::int as count from enrollments where completed_at is not null');
  await owner.end();
  expect(rows[0]?.count).toBeGreaterThan(20);
  return rows[0]?.count ?? 0;
}

test('loading the demo school that was killed midway completes it, and loading it once more doubles nothing', async () => {
  const killed = runLyceum(['seed'], settings());
  await killed.printed('demo course 3 of 12');
  killed.process.kill('SIGKILL');
  await new Promise((resolve) => killed.process.once('close', resolve));

  expect(await lyceum(['seed'], settings())).toMatchObject({ code: 0 });
  const once = await counts();
  expect(once).toMatchObject({ users: 44, courses: 12, lessons: 73, videos: 25 });
  expect(once.enrollments).toBeGreaterThan(60);
  expect(once.certificates).toBe(await completions());
  expect(await lyceum(['seed'], settings())).toMatchObject({ code: 0 });
  expect(await counts()).toEqual(once);
});
