import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { rowsOf } from '#platform/personal-data.server.ts';
import { personalData } from '../../src/registry.server.ts';
import { system, testDatabase } from '../support/database.ts';
import { idIn, insertWorld } from './world.ts';

const database = testDatabase({ actsAs: 'system' });

beforeAll(async () => {
  for (const number of [1, 2]) await insertWorld(database.owner, number);
});

/** Which feature each table belongs to: the model has one file a feature. */
const featureOf = new Map(
  globSync('prisma/schema/*.prisma').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^ {2}@@map\("(\w+)"\)/gm)].map(([, table]) => [table!, basename(file, '.prisma')] as const),
  ),
);

/** Until a feature has code, none of its tables has a row. From then on its tables are looked at here. */
const hasCode = (table: string) => existsSync(`src/features/${featureOf.get(table)}`);
const declared = personalData.flatMap(({ feature, tables }) => tables.map((table) => ({ feature, ...table })));
const leftOut = Object.assign({}, ...personalData.map((data) => data.leftOut ?? {})) as Record<string, string>;

test('whatever points at a person is handed to them when they ask, or left out for a reason', async () => {
  const { rows } = await database.owner.query<{ table: string; column: string }>(`
    select conrelid::regclass::text as table, attname as column
      from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
     where contype = 'f' and confrelid = 'users'::regclass and conparentid = 0`);
  expect(rows.length).toBeGreaterThan(50);
  const forgotten = rows
    .filter(({ table }) => hasCode(table))
    .filter(({ table, column }) => !declared.some((data) => data.table === table && data.owners.includes(column)))
    .map(({ table, column }) => `${table}.${column}`)
    .filter((name) => !leftOut[name]);
  expect(forgotten).toEqual([]);
});

test('every private table is somebody’s, or left out for a reason', async () => {
  const { rows } = await database.owner.query<{ table: string }>(
    "select relname as table from pg_class where relrowsecurity and relkind in ('r', 'p') and not relispartition",
  );
  const forgotten = rows
    .map(({ table }) => table)
    .filter((table) => hasCode(table) && !declared.some((data) => data.table === table) && !leftOut[table]);
  expect(forgotten).toEqual([]);
});

test('each feature declares its own tables, and nothing that is not there', async () => {
  for (const { feature, table } of declared) expect(`${table} of ${featureOf.get(table)}`).toBe(`${table} of ${feature}`);
  for (const name of Object.keys(leftOut)) {
    const [table, column] = name.split('.');
    const { rows } = await database.owner.query(
      'select from information_schema.columns where table_name = $1 and ($2::text is null or column_name = $2)',
      [table, column],
    );
    expect(rows.length, name).toBeGreaterThan(0);
  }
});

test('a person gets every row of theirs, and none of anybody else', async () => {
  const ctx = database.context(system);
  const collect = async (table: (typeof declared)[number], userId: string) => {
    const found: Record<string, unknown>[] = [];
    for await (const row of rowsOf(ctx, table, userId)) found.push(row);
    return found;
  };
  for (const table of declared) {
    const [mine, others] = [JSON.stringify(await everythingOf(1)), JSON.stringify(await everythingOf(2))];
    expect(mine, table.table).toMatch(/^\[\{/);
    expect(mine, table.table).not.toEqual(others);
    async function everythingOf(number: number) {
      const people = await Promise.all(['student', 'instructor'].map((name) => collect(table, idIn(number, name))));
      return people.flat();
    }
  }
});

test('no secret is handed out, not even to the person whose it is', async () => {
  const suspicious = /token|secret|password|hash|key|code|p256dh|auth$/;
  const harmless = new Set(['certificates.code', 'accounts.access_token_expires_at', 'accounts.refresh_token_expires_at']);
  for (const table of declared) {
    const names = new Set<string>();
    for (const who of ['student', 'instructor']) {
      for await (const row of rowsOf(database.context(system), table, idIn(1, who))) for (const name of Object.keys(row)) names.add(name);
    }
    const found = [...names].filter((name) => suspicious.test(name) && !harmless.has(`${table.table}.${name}`));
    expect(found, table.table).toEqual([]);
  }
});
