import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, person, type TestDatabase } from '../../../tests/support/database.ts';
import { asActor } from './database.server.ts';
import { statement } from './statement.ts';

let database: TestDatabase;
const whoActs = statement<{ id: string }>("select coalesce(current_setting('app.user_id', true), '') as id");
const wrong = statement<{ id: string }>('select 1 / 0 as id');
const cutOff = statement<{ id: string }>('select pg_terminate_backend(pg_backend_pid())::text as id');

beforeAll(async () => {
  // One connection: whoever comes next gets the one that was used before.
  database = await createTestDatabase({ poolSize: 1 });
});
afterAll(() => database.drop());

test('nobody acts for the person before, though no page waits for the end of its transaction', async () => {
  const ctx = database.context(person('STUDENT'));
  const [[during], [after]] = await Promise.all([asActor(ctx, (sql) => sql(whoActs)), ctx.db.sql(whoActs)]);
  expect([during?.id, after?.id]).toEqual([ctx.actor.kind === 'person' && ctx.actor.id, '']);
});

test('a page that fails leaves its connection as it was', async () => {
  const ctx = database.context(person('STUDENT'));
  await expect(asActor(ctx, (sql) => sql(wrong))).rejects.toThrow('division by zero');
  const [after] = await ctx.db.sql(whoActs);
  expect(after?.id).toBe('');
});

test('a connection that is cut off is replaced', async () => {
  const ctx = database.context(person('STUDENT'));
  await expect(asActor(ctx, (sql) => sql(cutOff))).rejects.toThrow();
  const [after] = await asActor(ctx, (sql) => sql(whoActs));
  expect(after?.id).toBe(ctx.actor.kind === 'person' && ctx.actor.id);
});

test('a part of a page that goes on after another has failed cannot use the connection any more', async () => {
  const ctx = database.context(person('STUDENT'));
  let late: Promise<unknown> | undefined;
  const page = asActor(ctx, (sql) => {
    late = setTimeout(50).then(() => sql(whoActs));
    return Promise.all([sql(wrong), late]);
  });
  await expect(page).rejects.toThrow('division by zero');
  await expect(late).rejects.toThrow('is over');
});
