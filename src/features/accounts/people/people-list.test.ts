import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { guest, person, testDatabase } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { exportPeople, peopleList } from '../index.server.ts';

const database = testDatabase();
const now = new Date('2026-05-04T10:00:00Z');
const asAdmin = () => database.context(person('ADMIN'), now);

async function insert(name: string, email: string, more: Record<string, unknown> = {}): Promise<string> {
  const row = { id: newId(), name, email, email_verified: true, ...more };
  const columns = Object.keys(row);
  await database.owner.query(
    `insert into users (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
  return row.id;
}

beforeAll(async () => {
  for (let count = 1; count <= 60; count += 1) await insert(`Student ${count}`, `student${count}@crowd.test`);
  await insert('Zoë Ångström', 'zoe@school.test', { username: 'zoe_a' });
  await insert('Per Cent', '100%@school.test');
  await insert('Tomas Lindqvist', 'tomas@school.test', { role: 'INSTRUCTOR' });
  await insert('Ines Okafor', 'ines@school.test', { role: 'ADMIN' });
  await insert('Una Confirmed', 'una@school.test', { email_verified: false });
  await insert('Sue Pended', 'sue@school.test', { banned: true, ban_reason: 'Spam' });
  await insert('Past Pended', 'past@school.test', { banned: true, ban_reason: 'Spam', ban_expires: new Date('2026-05-04T09:00:00Z') });
  await insert('Former member', 'closed@closed.invalid', { email_verified: false, deleted_at: new Date() });
  await insert('=HYPERLINK("http://evil.test")', 'formula@school.test');
});

const names = async (wish: Parameters<typeof peopleList>[1]) => (await peopleList(asAdmin(), wish)).people.map(({ name }) => name);

test.each([
  ['part of a name', 'ngstr', ['Zoë Ångström']],
  ['a name without its signs', 'zoe angstrom', ['Zoë Ångström']],
  ['words in any order', 'lindqvist TOM', ['Tomas Lindqvist']],
  ['an address', 'ines@school.test', ['Ines Okafor']],
  ['a username', 'zoe_a', ['Zoë Ångström']],
  ['the beginning of a word, as one begins to type', 'zo', ['Zoë Ångström']],
  ['two letters within a word', 'oe', []],
  ['a sign that means something to the database', '100%', ['Per Cent']],
  ['another', '___', []],
  ['nobody', 'xyzzy', []],
  ['a NUL', 'zoe\0', ['Zoë Ångström']],
])('people are found by %s', async (_, search, found) => {
  expect(await names({ search })).toEqual(found);
});

test.each([
  [{ role: 'instructor' }, ['Tomas Lindqvist']],
  [{ role: 'admin' }, ['Ines Okafor']],
  [{ state: 'unconfirmed' }, ['Una Confirmed']],
  [{ state: 'suspended' }, ['Sue Pended']],
  [{ state: 'closed' }, ['Former member']],
  [{ role: 'student', state: 'suspended', search: 'sue' }, ['Sue Pended']],
  [{ role: 'instructor', state: 'suspended' }, []],
])('people are narrowed down by role and state: %#', async (wish, found) => {
  expect(await names(wish)).toEqual(found);
});

test('what means nothing in an address is left out', async () => {
  const page = await peopleList(asAdmin(), { role: 'dean', state: 'dead', from: "' or 1=1" });
  expect(page.filter).toEqual({ search: '', role: null, state: null });
  expect(page.people[0]?.name).toContain('HYPERLINK');
});

test('everybody is listed once, newest first, page by page, with one query each', async () => {
  const seen: string[] = [];
  let from: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof peopleList>> = await peopleList(asAdmin(), { search: 'crowd.test', from });
    seen.push(...page.people.map(({ name }) => name));
    from = page.next;
  } while (from);
  expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => `Student ${60 - index}`));
  expect(await statementsOf(() => peopleList(asAdmin(), { role: 'student' }))).toHaveLength(1);
});

test('the newest of somebody’s own sessions says when they were last here', async () => {
  const id = await insert('Lena Seen', 'lena@school.test');
  const admin = await insert('Otto', 'otto@school.test');
  const session = 'insert into sessions (id, token, user_id, expires_at, updated_at, impersonated_by) values ($1, $2, $3, $4, $5, $6)';
  const ends = new Date('2026-06-01T00:00:00Z');
  await database.owner.query(session, [newId(), 'a', id, ends, new Date('2026-05-01T00:00:00Z'), null]);
  await database.owner.query(session, [newId(), 'b', id, ends, new Date('2026-05-02T00:00:00Z'), null]);
  await database.owner.query(session, [newId(), 'c', id, ends, new Date('2026-05-03T00:00:00Z'), admin]);
  expect((await peopleList(asAdmin(), { search: 'lena' })).people[0]?.lastSeenAt).toEqual(new Date('2026-05-02T00:00:00Z'));
});

test('what is looked for is found by an index, however many people there are', async () => {
  await database.owner.query(
    `insert into users (id, name, email, email_verified)
     select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Filler ' || n, 'filler' || n || '@crowd.test', true
       from generate_series(1, 20000) n`,
  );
  await database.owner.query('analyze users');
  const [sql = ''] = await statementsOf(() => peopleList(asAdmin(), { search: 'lindqvist' }));
  const plan = await database.owner.query<{ 'QUERY PLAN': string }>(
    `explain ${sql.replaceAll(/\$(\d)/g, (_, place) => values[place] ?? '')}`,
  );
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('users_search');
  expect(await names({ role: 'instructor' })).toEqual(['Tomas Lindqvist']);
});
const values: Record<string, string> = { 1: "'%lindqvist%'", 2: "'ffffffff-ffff-ffff-ffff-ffffffffffff'", 3: '26' };

test('the export has everybody of the filter once, as CSV that runs nothing', async () => {
  let csv = '';
  for await (const piece of exportPeople(asAdmin(), { search: 'school.test' })) csv += piece;
  expect(csv.startsWith('\uFEFFusername,name,email,')).toBe(true);
  const rows = parse<Record<string, string>>(csv, { bom: true, columns: true });
  expect(rows.map(({ email }) => email).sort()).toEqual([...new Set(rows.map(({ email }) => email))].sort());
  expect(rows.find(({ email }) => email === 'formula@school.test')?.name).toBe('\'=HYPERLINK("http://evil.test")');
  expect(rows.find(({ email }) => email === 'zoe@school.test')).toMatchObject({ username: 'zoe_a', role: 'student', state: 'open' });
  expect(rows.find(({ email }) => email === 'sue@school.test')?.state).toBe('suspended');
});

test('the export goes on where a piece ends', async () => {
  let lines = 0;
  for await (const piece of exportPeople(asAdmin(), { search: 'crowd.test' })) lines += piece.split('\r\n').length - 1;
  expect(lines).toBe(1 + 20_060);
});

test.each([guest, person('STUDENT'), person('INSTRUCTOR')])('nobody else sees the list, or takes it away: %#', async (actor) => {
  const ctx = database.context(actor);
  await expect(peopleList(ctx, {})).rejects.toMatchObject({ code: 'forbidden' });
  expect(() => exportPeople(ctx, {})).toThrow(expect.objectContaining({ code: 'forbidden' }));
});
