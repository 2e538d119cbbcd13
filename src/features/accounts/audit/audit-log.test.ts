import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId, type SessionId, type UserId } from '#platform/ids.ts';
import { metrics } from '#platform/metrics.server.ts';
import { guest, person, system, testDatabase } from '../../../../tests/support/database.ts';
import { audit } from './audit.ts';
import { type AuditFilter, auditLog } from './audit-log.ts';
import { auditChain, checkAuditLogJob } from './check-chain.ts';

const database = testDatabase();
const ines = person('ADMIN', newId<'user'>(), { name: 'Ines Okafor', email: 'ines@school.test' });
const ada = person('STUDENT', newId<'user'>(), { name: 'Ada Lovelace', email: 'ada@school.test' });
const bo = person('ADMIN', newId<'user'>(), { name: 'Bo 100% Real', email: 'bo@school.test' });

beforeAll(async () => {
  for (const { id, name, email, role } of [ines, ada, bo])
    await database.owner.query('insert into users (id, name, email, role) values ($1, $2, $3, $4::role)', [id, name, email, role]);
  await deed(ines, '2026-05-01T23:59:00Z', {
    action: 'accounts.roleChanged',
    to: ada.id,
    before: { role: 'STUDENT' },
    after: { role: 'INSTRUCTOR' },
  });
  await deed(ines, '2026-05-02T00:01:00Z', { action: 'accounts.usernameChanged', to: ines.id, after: { username: 'ines' } });
  await deed(bo, '2026-05-03T12:00:00Z', { action: 'accounts.passwordSet', to: ada.id });
  const session = { id: newId<'session'>() as SessionId, startedAt: new Date(), impersonator: { id: ines.id, name: ines.name } };
  await deed({ ...ada, session }, '2026-05-04T12:00:00Z', {
    action: 'accounts.usernameChanged',
    to: ada.id,
    after: { username: 'countess' },
  });
  await deed(system, '2026-05-05T12:00:00Z', { action: 'future.unknown', to: 'something' });
});

interface Entry {
  action: string;
  to: string;
  before?: Record<string, string>;
  after?: Record<string, string>;
}

async function deed(actor: Person | typeof system, at: string, { to, ...entry }: Entry): Promise<void> {
  const ctx = { ...database.context(actor, new Date(at)), address: '203.0.113.7' };
  await inTransaction(ctx, (ctx) => audit(ctx, { ...entry, subjectType: 'user', subjectId: to }));
}

const read = (filter: AuditFilter = {}, actor: Person = ines) => auditLog(database.context(actor), filter);
const sentences = async (filter: AuditFilter) => (await read(filter)).lines.map((line) => line.sentence);

describe('the audit log', () => {
  test('tells what happened, newest first, with names, what changed, from where and when', async () => {
    const { lines, older } = await read();
    expect(lines.map((line) => line.sentence)).toEqual([
      'The program did “future.unknown” to user something',
      'Ines Okafor changed the username of Ada Lovelace, acting as Ada Lovelace',
      'Bo 100% Real set a new password for Ada Lovelace',
      'Ines Okafor changed their own username',
      'Ines Okafor changed the role of Ada Lovelace from student to instructor',
    ]);
    expect(lines[4]).toMatchObject({
      place: 1,
      at: new Date('2026-05-01T23:59:00Z'),
      address: '203.0.113.7',
      changes: [{ field: 'role', before: 'STUDENT', after: 'INSTRUCTOR' }],
    });
    expect(lines[1]?.changes).toEqual([{ field: 'username', before: null, after: 'countess' }]);
    expect(older).toBeNull();
  });

  test.each([
    ['who did it, by name', { person: 'okafor' }, 3],
    ['who did it, by address', { person: ' BO@school.test ' }, 1],
    ['who did it, by id', { person: bo.id }, 1],
    ['what nobody did', { person: 'The program' }, 1],
    ['nobody of that name', { person: 'nobody' }, 0],
    ['a sign that means anything in SQL', { person: '%' }, 1],
    ['what was done', { action: 'accounts.usernameChanged' }, 2],
    ['whom it was done to', { subject: 'ada lovelace' }, 3],
    ['what it was done to', { subject: 'something' }, 1],
    ['a first day', { from: '2026-05-02' }, 4],
    ['a last day, all of it', { to: '2026-05-01' }, 1],
    ['days and person', { from: '2026-05-02', to: '2026-05-03', person: 'ines' }, 1],
    ['what means nothing', { from: 'yesterday', to: "'", before: '-1', person: '  ', action: '' }, 5],
  ])('finds by %s', async (_, filter, count) => {
    expect(await sentences(filter)).toHaveLength(count);
  });

  test.each([guest, system, person('STUDENT'), person('INSTRUCTOR')])('is read by nobody but an admin: %#', async (actor) => {
    await expect(auditLog(database.context(actor), {})).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the check of the chain', () => {
  const systemContext = () => database.context(system);
  const gauge = async () => (await metrics.getSingleMetric('lyceum_audit_chain_broken')?.get())?.values[0]?.value;

  test('says that all is whole, where only who asks for it finds it', async () => {
    expect((await read()).lastCheck).toBeNull();
    await inTransaction(systemContext(), async (ctx) => checkAuditLogJob.handler(ctx, {}));
    expect(await gauge()).toBe(0);
    expect((await read()).lastCheck).toMatchObject({ entries: '5', firstBreak: null });
    expect(await sentences({})).toHaveLength(5);
    expect(await sentences({ action: 'accounts.auditLogChecked' })).toEqual(['The program found the audit log whole']);
  });

  test('finds an entry that was changed behind its back', async () => {
    await database.owner.query('alter table audit_log disable trigger user');
    await database.owner.query('update audit_log set subject_id = $1 where sequence = 3', [bo.id as UserId]);
    await database.owner.query('alter table audit_log enable trigger user');
    await inTransaction(systemContext(), async (ctx) => {
      expect(await auditChain(ctx)).toEqual({ entries: 6, firstBreak: 3 });
      await checkAuditLogJob.handler(ctx, {});
    });
    expect(await gauge()).toBe(1);
    expect((await read()).lastCheck).toMatchObject({ firstBreak: '3' });
  });
});

test('the pages of a long log hold every entry once', async () => {
  await database.owner.query("set app.user_role = 'SYSTEM'");
  for (let number = 0; number < 110; number += 1)
    await database.owner.query("insert into audit_log (id, action, subject_type, subject_id) values ($1, 'test.many', 'thing', $2)", [
      newId(),
      String(number),
    ]);
  const found: string[] = [];
  let before: string | null = null;
  let pages = 0;
  do {
    const page = await read({ action: 'test.many', before });
    found.push(...page.lines.map((line) => line.subject.id));
    before = page.older;
    pages += 1;
  } while (before);
  expect(pages).toBe(3);
  expect(found).toEqual(Array.from({ length: 110 }, (_, index) => String(109 - index)));
});
