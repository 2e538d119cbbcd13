import { expect, test } from 'vitest';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';
import { requestVerification, signIn, signUp, verifyEmail } from '../index.server.ts';

const school = testSchool();

const ctx = school.asGuest;
const form = (email: string, more: object = {}) => ({ name: 'Ada Lovelace', email, password, client, ...more });

async function linkIn(address: string, index = -1): Promise<string> {
  await school.runJobs();
  const mail = (await school.mailsTo(address)).at(index);
  return new URL(/http\S+/.exec(mail?.text ?? '')?.[0] ?? '').searchParams.get('token') ?? '';
}

async function row<Row extends object>(sql: string, ...values: unknown[]): Promise<Row | undefined> {
  return (await school.database.owner.query<Row>(sql, values)).rows[0];
}

test('signing up, confirming by the mailed link, and one is in', async () => {
  await signUp(ctx(), form('ada@school.test', { email: '  Ada@School.Test ' }));
  expect(await signIn(ctx(), { email: 'ada@school.test', password, remember: true, client })).toEqual({
    kind: 'unconfirmed',
    email: 'ada@school.test',
  });
  const answer = await verifyEmail(ctx(), { token: await linkIn('ada@school.test'), client });
  expect(answer.kind).toBe('signed-in');
  const ada = await row('select name, role, email_verified as verified from users where email = $1', 'ada@school.test');
  expect(ada).toEqual({ name: 'Ada Lovelace', role: 'STUDENT', verified: true });
  expect((await signIn(ctx(), { email: 'ADA@school.test', password, remember: true, client })).kind).toBe('signed-in');
});

test('a link confirms once: the next press signs nobody in', async () => {
  await signUp(ctx(), form('once@school.test'));
  const token = await linkIn('once@school.test');
  expect((await verifyEmail(ctx(), { token, client })).kind).toBe('signed-in');
  expect(await verifyEmail(ctx(), { token, client })).toEqual({ kind: 'already-confirmed' });
});

test('whoever signs up with an address that has an account gets the same answer, and its owner a mail that says so', async () => {
  await signUp(ctx(), form('owner@school.test'));
  await verifyEmail(ctx(), { token: await linkIn('owner@school.test'), client });
  const before = await row('select a.password from accounts a join users u on u.id = a.user_id where u.email = $1', 'owner@school.test');
  expect(await signUp(ctx(), form('owner@school.test', { name: 'Mallory', password: 'other words entirely' }))).toBeUndefined();
  await school.runJobs();
  expect((await school.mailsTo('owner@school.test')).map((mail) => mail.kind)).toEqual(['accounts.verifyEmail', 'accounts.accountExists']);
  expect(await row('select a.password from accounts a join users u on u.id = a.user_id where u.email = $1', 'owner@school.test')).toEqual(
    before,
  );
  expect(await row('select name from users where email = $1', 'owner@school.test')).toEqual({ name: 'Ada Lovelace' });
});

test('an unconfirmed sign-up gives way to the next with its address: its link and its password stop working', async () => {
  await signUp(ctx(), form('taken@school.test', { name: 'Mallory', password: 'words of a stranger' }));
  const strangersLink = await linkIn('taken@school.test');
  await signUp(ctx(), form('taken@school.test'));
  const ownersLink = await linkIn('taken@school.test');
  expect(await verifyEmail(ctx(), { token: strangersLink, client })).toEqual({ kind: 'expired' });
  expect((await verifyEmail(ctx(), { token: ownersLink, client })).kind).toBe('signed-in');
  await expect(
    signIn(ctx(), { email: 'taken@school.test', password: 'words of a stranger', remember: false, client }),
  ).rejects.toMatchObject({ code: 'invalid' });
  expect(await row('select name from users where email = $1', 'taken@school.test')).toEqual({ name: 'Ada Lovelace' });
});

test('two sign-ups with one address in the same moment make one account', async () => {
  await Promise.all([signUp(ctx(), form('twice@school.test')), signUp(ctx(), form('twice@school.test'))]);
  expect(await row('select count(*)::int as count from users where email = $1', 'twice@school.test')).toEqual({ count: 1 });
  expect((await verifyEmail(ctx(), { token: await linkIn('twice@school.test'), client })).kind).toBe('signed-in');
});

test.each(['', 'nonsense', 'eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImFkYUBzY2hvb2wudGVzdCJ9.'])(
  'the made-up link %j confirms nothing',
  async (token) => {
    expect(await verifyEmail(ctx(), { token, client })).toEqual({ kind: 'expired' });
  },
);

test('asking for the link again mails a new one only while the address waits for it', async () => {
  await signUp(ctx(), form('again@school.test'));
  await requestVerification(ctx(), { email: 'again@school.test', next: '/courses/typescript', client });
  await requestVerification(ctx(), { email: 'nobody@school.test', client });
  await school.runJobs();
  const mails = await school.mailsTo('again@school.test');
  expect(mails).toHaveLength(2);
  expect(mails[1]?.text).toContain('next=%2Fcourses%2Ftypescript');
  await verifyEmail(ctx(), { token: await linkIn('again@school.test'), client });
  await requestVerification(ctx(), { email: 'again@school.test', client });
  await school.runJobs();
  expect(await school.mailsTo('again@school.test')).toHaveLength(2);
  expect(await school.mailsTo('nobody@school.test')).toEqual([]);
});

test('bad input is named at each field and changes nothing', async () => {
  const attempt = signUp(ctx(), { name: ' ', email: 'nobody', password: 'short', client });
  await expect(attempt).rejects.toMatchObject({
    code: 'invalid',
    fields: { name: 'Enter your name.', email: expect.stringContaining('such as'), password: expect.stringContaining('12 characters') },
  });
  await expect(signUp(ctx(), form('nul@school.test', { name: 'Ada\0' }))).rejects.toMatchObject({ fields: { name: expect.any(String) } });
  await expect(signUp(ctx(), form('ada.lovelace@school.test', { password: 'Ada Lovelace 1815' }))).rejects.toMatchObject({
    fields: { password: expect.stringContaining('your name') },
  });
  expect(await row('select 1 from users where email = $1', 'ada.lovelace@school.test')).toBeUndefined();
});

test('one address is mailed five times an hour at the most', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) await signUp(ctx(), form('flood@school.test'));
  await expect(signUp(ctx(), form('flood@school.test'))).rejects.toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
  await expect(signUp(ctx(), form('else@school.test'))).resolves.toBeUndefined();
});

test('a password waits in no job', async () => {
  await signUp(ctx(), form('quiet@school.test'));
  const { rows } = await school.database.owner.query<{ payload: string }>(
    'select payload::text as payload from graphile_worker._private_jobs',
  );
  expect(rows).not.toHaveLength(0);
  expect(rows.map((waiting) => waiting.payload).join()).not.toContain(password);
});
