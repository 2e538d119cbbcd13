import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { person, testDatabase } from '../../../tests/support/database.ts';
import { asActor } from './database.server.ts';
import { statement } from './statement.ts';

// One connection: whoever comes next gets the one that was used before.
const database = testDatabase({ poolSize: 1 });
const whoActs = statement<{ id: string }>("select coalesce(current_setting('app.user_id', true), '') as id");
const wrong = statement<{ id: string }>('select 1 / 0 as id');
const cutOff = statement<{ id: string }>('select pg_terminate_backend(pg_backend_pid())::text as id');

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

test('a part of a page that goes on after another has failed still acts for the person alone', async () => {
  const ctx = database.context(person('STUDENT'));
  let late: Promise<{ id: string }[]> | undefined;
  const page = asActor(ctx, (sql) => {
    late = setTimeout(50).then(() => sql(whoActs));
    return Promise.all([sql(wrong), late]);
  });
  await expect(page).rejects.toThrow('division by zero');
  expect(await late).toEqual([{ id: ctx.actor.kind === 'person' && ctx.actor.id }]);
  expect(await ctx.db.sql(whoActs)).toEqual([{ id: '' }]);
});

test('statements that start together are one message and one transaction, in which nothing can be written', async () => {
  const ctx = database.context(person('STUDENT'));
  const moment = statement<{ moment: Date; pid: number }>('select transaction_timestamp() as moment, pg_backend_pid() as pid');
  const write = statement("create temporary table written as select 'x' as x");
  const [[first], , [second]] = await asActor(ctx, (sql) => Promise.all([sql(moment), sql(whoActs), sql(moment)]));
  expect(first).toEqual(second);
  await expect(asActor(ctx, (sql) => sql(write))).rejects.toThrow('read-only transaction');
});

test('a statement that was never reached because of one before it can be sent again', async () => {
  const ctx = database.context(person('STUDENT'));
  const after = statement<{ count: number; texts: string[]; none: null }, [string[]]>(
    'select 2::int8 as count, $1::text[] as texts, null as none',
  );
  const asked = () => asActor(ctx, (sql) => sql(after, ['a', "b'"]));
  await expect(asActor(ctx, (sql) => Promise.all([sql(wrong), sql(after, ['c'])]))).rejects.toThrow('division by zero');
  for (let time = 0; time < 2; time += 1) expect(await asked()).toEqual([{ count: 2, texts: ['a', "b'"], none: null }]);
  const unreadable = statement('select 1 frm nowhere');
  await expect(asActor(ctx, (sql) => Promise.all([sql(unreadable), sql(whoActs)]))).rejects.toThrow('syntax error');
  expect(await asked()).toHaveLength(1);
});

test('a page whose statement was prepared before a migration changed its columns fails once at the most', async () => {
  const ctx = database.context(person('STUDENT'));
  const all = statement<Record<string, unknown>>('select * from migrated');
  await database.owner.query('create table migrated as select 1 as a; grant select on migrated to public');
  expect(await asActor(ctx, (sql) => sql(all))).toEqual([{ a: 1 }]);
  await database.owner.query("alter table migrated add column b text default 'new'");
  await asActor(ctx, (sql) => sql(all)).catch((error) => expect(String(error)).toContain('cached plan'));
  expect(await asActor(ctx, (sql) => sql(all))).toEqual([{ a: 1, b: 'new' }]);
  await database.owner.query('drop table migrated');
});
