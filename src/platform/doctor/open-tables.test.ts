import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { examineMigrations, examineRowSecurity, examineServer } from './database.server.ts';
import { examineNode } from './machine.server.ts';
import { openTables } from './open-tables.ts';

const database = testDatabase();

test('the tables that everybody may read are these and no others', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([...openTables]);
});

test('a database as the program made it has nothing to complain about', async () => {
  expect(await examineServer(database.owner, 'here')).toMatchObject({
    state: 'ok',
    words: expect.stringMatching(/^PostgreSQL \d+.*, here$/),
  });
  expect(await examineMigrations(database.owner)).toMatchObject({ state: 'ok' });
  expect(await examineRowSecurity(database.owner)).toMatchObject({ state: 'ok' });
});

test.each([
  ['18.20.0', 'fail'],
  ['22.17.1', 'fail'],
  ['22.18.0', 'ok'],
  ['24.0.0', 'ok'],
])('Node %s is %s', (version, state) => {
  expect(examineNode(version)).toMatchObject({ state });
});
