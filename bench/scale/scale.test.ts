import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../tests/support/process.ts';
import { fillCatalogue, fillStage } from './fill.ts';
import { latencyOf, percentiles } from './latency.ts';
import { measuredPages } from './pages.ts';
import { growthOf, tableOf } from './side-by-side.ts';
import { sizeOf } from './sizes.ts';

let database: TestDatabase;
let school: TestProcess;
const size = sizeOf({ courses: 60, enrollments: 400, progress: 6000 });

beforeAll(async () => {
  database = await createTestDatabase();
  school = startTestProcess(database);
  await fillCatalogue(database.ownerUrl, size, () => undefined);
  for (const stage of size.stages.keys()) await fillStage(database.ownerUrl, stage, size, () => undefined);
});
afterAll(async () => {
  await school.close();
  await database.drop();
});

const numberFrom = async (sql: string) => (await database.owner.query<{ n: number }>(`select (${sql})::int as n`)).rows[0]?.n;

describe('a small school filled as a large one is', () => {
  test('has as many rows as were asked for', async () => {
    for (const [table, count] of [
      ['courses', 60],
      ['enrollments', 400],
      ['access_grants', 400],
      ['lesson_progress', 6000],
    ] as const)
      expect([table, await numberFrom(`select count(*) from ${table}`)]).toEqual([table, count]);
  });

  test('has no row that hangs on nothing, though foreign keys were passed by', async () => {
    const { rows } = await database.owner.query<{ name: string; orphans: string }>(`
      select k.conname as name,
             format('select count(*) from %s c where (%s) is not null and not exists (select from %s p where (%s) = (%s))', k.conrelid::regclass, own.list, k.confrelid::regclass, theirs.list, own.list) as orphans
        from pg_constraint k,
             lateral (select string_agg('c.' || quote_ident(a.attname), ', ' order by o) as list from unnest(k.conkey) with ordinality u (n, o) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n) own,
             lateral (select string_agg('p.' || quote_ident(a.attname), ', ' order by o) as list from unnest(k.confkey) with ordinality u (n, o) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n) theirs
       where k.contype = 'f' and k.connamespace = 'public'::regnamespace`);
    expect(rows.length).toBeGreaterThan(50);
    for (const { name, orphans } of rows) expect([name, await numberFrom(orphans)]).toEqual([name, 0]);
  });

  test('has all its indexes again', async () => {
    const indexes =
      "select count(*) from pg_index i where i.indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)";
    const untouched = await createTestDatabase();
    const { rows } = await untouched.owner.query<{ n: number }>(`select (${indexes})::int as n`);
    await untouched.drop();
    expect(await numberFrom(indexes)).toBe(rows[0]?.n);
  });

  test('keeps the numbers that pages show', async () => {
    expect(await numberFrom('select sum(course_count) from course_facets where category_id is null')).toBe(
      await numberFrom("select count(*) from courses where status = 'PUBLISHED'"),
    );
    expect(await numberFrom('select sum(student_count) from courses')).toBe(400);
    expect(await numberFrom('select count(*) from courses where price_now > 0')).toBe(await numberFrom('select count(*) from prices'));
    expect(await numberFrom('select refresh_course_prices(null)')).toBe(0);
    expect(await numberFrom('select count(distinct price) from course_facets where course_count > 0')).toBeGreaterThan(4);
  });

  test('answers every page that is measured', async () => {
    const measured = [];
    for (const page of measuredPages(2, size)) measured.push(await latencyOf(page, 6));
    expect(measured.every(({ p50, p99 }) => p50 > 0 && p99 >= p50)).toBe(true);
  });
});

test('what takes longer in a large school is said to grow', () => {
  const at = (p50: number, p95: number) => ({ what: 'search', goalMs: 50, p50, p95, p99: p95 });
  const [flat] = growthOf([[at(4, 9)], [at(4.2, 9)], [at(4.4, 9)]]);
  const [grown] = growthOf([[at(4, 9)], [at(40, 90)]]);
  expect([flat?.isFlat, flat?.meetsGoal, grown?.isFlat, grown?.meetsGoal, grown?.ratio]).toEqual([true, true, false, false, 10]);
  expect(tableOf([grown!], [10, 1000])).toContain('GROWS');
});

test('percentiles are times that really were', () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentiles(times)).toEqual({ p50: 50, p95: 95, p99: 99 });
});
