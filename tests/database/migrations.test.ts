import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { applyMigrations, knownMigrations } from '#platform/database/migrate.server.ts';
import { prepareDatabase } from '#platform/database/prepare.server.ts';
import { ensureApplicationRole } from '#platform/database/roles.server.ts';
import { insertWorld } from './world.ts';

const made: string[] = [];
let server: pg.Client;

const urlOf = (database: string, user?: string) => {
  const url = new URL(inject('postgres').ownerUrl);
  url.pathname = `/${database}`;
  if (user) Object.assign(url, { username: user, password: 'secret' });
  return url.href;
};

/** An empty database. */
async function emptyDatabase(owner?: string): Promise<string> {
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await server.query(`create database ${name} ${owner ? `owner ${owner}` : ''}`);
  made.push(name);
  return name;
}

async function connected<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const history = (database: string) =>
  connected(urlOf(database), (client) =>
    client.query('select id, started_at from _prisma_migrations order by started_at').then(({ rows }) => rows),
  );

beforeAll(async () => {
  server = new pg.Client({ connectionString: urlOf('postgres') });
  await server.connect();
});
afterAll(async () => {
  for (const name of made) await server.query(`drop database ${name} with (force)`);
  await server.query('drop role if exists plain_owner, plain_app, humble_owner, strong_app, empty_app');
  await server.end();
});

describe('applying the migrations', () => {
  test('a second time changes nothing', async () => {
    const database = await emptyDatabase();
    await connected(urlOf(database), (owner) => applyMigrations(owner));
    const before = await history(database);
    const said: string[] = [];
    await connected(urlOf(database), (owner) => applyMigrations(owner, (line) => said.push(line)));
    expect(await history(database)).toEqual(before);
    expect(said).toEqual([]);
  });

  test('by two programs that start at once happens once', async () => {
    const database = await emptyDatabase();
    const said: string[] = [];
    const start = () => connected(urlOf(database), (owner) => applyMigrations(owner, (line) => said.push(line)));
    await Promise.all([start(), start()]);
    expect(said).toHaveLength((await knownMigrations()).length);
  });

  test('makes two programs that prepare one database at once both succeed', async () => {
    const database = await emptyDatabase();
    const start = () => prepareDatabase({ ownerUrl: urlOf(database), applicationPassword: 'secret' });
    const urls = await Promise.all([start(), start()]);
    for (const url of urls) expect(await connected(url, (client) => client.query('select 1').then(({ rowCount }) => rowCount))).toBe(1);
    await server.query(`drop database ${database} with (force)`);
    made.splice(made.indexOf(database), 1);
    await server.query(`drop role ${database}_app`);
  });

  test.each([
    [
      'of a newer program',
      "insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '29990101000000_later', now())",
      /newer than the program.*29990101000000_later/,
    ],
    ['whose history was changed', "update _prisma_migrations set checksum = 'x'", /is not the one that was applied/],
    ['left half-done', 'update _prisma_migrations set finished_at = null', /began and did not finish/],
    ['of another program', 'drop table _prisma_migrations', /tables of another program/],
  ])('refuses a database %s', async (_, accident, message) => {
    const database = await emptyDatabase();
    await connected(urlOf(database), async (owner) => {
      await applyMigrations(owner);
      await owner.query(accident);
      await expect(applyMigrations(owner)).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringMatching(message) });
    });
  });

  test('that fails leaves nothing of it behind, and says which', async () => {
    const database = await emptyDatabase();
    await connected(urlOf(database), async (owner) => {
      await owner.query('create type level as enum ()');
      await expect(applyMigrations(owner)).rejects.toMatchObject({
        name: 'OperatorError',
        message: expect.stringMatching(/_tables failed and was undone: type "level" already exists/),
      });
      const { rows } = await owner.query("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'");
      expect(rows).toEqual([{ relname: '_prisma_migrations' }]);
      await owner.query('drop type level');
      await applyMigrations(owner);
    });
  });

  test('is seen by Prisma’s own tools as done', async () => {
    const database = await emptyDatabase();
    const status = () =>
      promisify(execFile)(process.execPath, ['node_modules/prisma/build/index.js', 'migrate', 'status'], {
        env: { ...process.env, DATABASE_URL: urlOf(database) },
      }).catch((error: { stdout: string }) => error);
    expect((await status()).stdout).toContain('have not yet been applied');
    await connected(urlOf(database), (owner) => applyMigrations(owner));
    expect((await status()).stdout).toContain('Database schema is up to date');
  });
});

describe('an owner that is no superuser', () => {
  let database: string;

  beforeAll(async () => {
    await server.query("create role plain_owner login createrole password 'secret'");
    database = await emptyDatabase('plain_owner');
  });

  test('migrates, makes the application’s role, and fills and chains the books', async () => {
    const url = await prepareDatabase({ ownerUrl: urlOf(database, 'plain_owner'), applicationPassword: 'secret' });
    await connected(url, async (application) => {
      await application.query("set app.user_role = 'SYSTEM'");
      await insertWorld(application, 1);
      await application.query("select make_event_partitions('2026-03-01', 1)");
      const { rows } = await application.query('select count(*)::int as events from analytics_events_2026_03');
      expect(rows).toEqual([{ events: 0 }]);
      const { rows: whole } = await application.query(
        'select audit_log_first_break() as broken, (select count(*)::int from analytics_events) as events',
      );
      expect(whole).toEqual([{ broken: null, events: 1 }]);
    });
  });

  test('is held to the policies itself', async () => {
    const orders = await connected(urlOf(database, 'plain_owner'), (owner) => owner.query('select * from orders'));
    expect(orders.rowCount).toBe(0);
  });

  test('can start again', async () => {
    await prepareDatabase({ ownerUrl: urlOf(database, 'plain_owner'), applicationPassword: 'secret' });
  });

  afterAll(async () => {
    await server.query(`drop database ${database} with (force)`);
    made.splice(made.indexOf(database), 1);
    await server.query(`drop role ${database}_app`);
  });
});

describe('the application’s role', () => {
  let database: string;

  beforeAll(async () => {
    database = await emptyDatabase();
    await connected(urlOf(database), (owner) => applyMigrations(owner));
  });

  test('made by hand is given its rights', async () => {
    await server.query("create role plain_app login noinherit password 'secret'");
    await connected(urlOf(database), (owner) => ensureApplicationRole(owner, { role: 'plain_app', password: undefined }));
    await connected(urlOf(database, 'plain_app'), (application) => application.query('select * from courses'));
    await connected(urlOf(database), (owner) => owner.query('drop owned by plain_app'));
  });

  test.each([
    ['missing', '', 'missing_app', /does not exist/],
    ['able to bypass policies', "create role strong_app login bypassrls password 'secret'", 'strong_app', /too powerful/],
    ['the owner itself', '', new URL(inject('postgres').ownerUrl).username, /too powerful|must not be the owner/],
  ])('is refused when it is %s', async (_, preparation, role, message) => {
    if (preparation) await server.query(preparation);
    const ensure = connected(urlOf(database), (owner) => ensureApplicationRole(owner, { role, password: undefined }));
    await expect(ensure).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringMatching(message) });
  });

  test('is asked for by name where the owner may not make it', async () => {
    await server.query("create role humble_owner login password 'secret'");
    const theirs = await emptyDatabase('humble_owner');
    const ensure = connected(urlOf(theirs, 'humble_owner'), (owner) =>
      ensureApplicationRole(owner, { role: 'empty_app', password: 'secret' }),
    );
    await expect(ensure).rejects.toMatchObject({
      name: 'OperatorError',
      message: expect.stringMatching(/may not create roles.*DATABASE_APP_URL/),
    });
  });
});
