import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import type { Row } from './row.ts';
import { violations } from './violations.ts';
import { insert, insertWorld, world } from './world.ts';

const database = testDatabase();

beforeAll(async () => {
  await insertWorld(database.owner, 1);
});

const validRows = new Map<string, Row>(world(1).reverse());

describe('a row that breaks a rule is refused by the database', () => {
  for (const { constraint, table, changes } of violations()) {
    test(`${constraint}: ${JSON.stringify(changes)}`, async () => {
      const row = { ...validRows.get(table), ...changes };
      await expect(insert(database.owner, table, row)).rejects.toMatchObject({ code: '23514', constraint });
    });
  }
});

test('every check of the database is broken once by these tests', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select conname as name from pg_constraint join pg_class on pg_class.oid = conrelid
      where contype = 'c' and connamespace = 'public'::regnamespace and not relispartition`,
  );
  const broken = new Set(violations().map(({ constraint }) => constraint));
  expect(rows.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
});

test('every table has a valid row in the world of these tests', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> '_prisma_migrations'`,
  );
  expect(rows.map(({ name }) => name).filter((name) => !validRows.has(name))).toEqual([]);
});
