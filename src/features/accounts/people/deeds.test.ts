import { beforeAll, expect, test } from 'vitest';
import { newId, type UserId } from '#platform/ids.ts';
import { guest, person } from '../../../../tests/support/database.ts';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';
import {
  changeRole,
  confirmAddress,
  createUser,
  endSessions,
  liftSuspension,
  personForAdmin,
  resendConfirmation,
  sendPasswordLink,
  signIn,
  signUp,
  suspendPerson,
} from '../index.server.ts';

const school = testSchool();
let adminId: UserId;

beforeAll(async () => {
  adminId = (await createUser(asProgram(), { name: 'Ines Okafor', email: 'ines@school.test', role: 'ADMIN' })).id;
});

const { asProgram } = school;
const { asGuest } = school;
const asAdmin = (now = new Date()) => school.database.context({ ...person('ADMIN', adminId), timeZone: 'Europe/Berlin' }, now);
const enter = (email: string) => signIn(asGuest(), { email, password, remember: true, client });
const subjects = async (email: string) => {
  await school.runJobs();
  return (await school.mailsTo(email)).map((mail) => mail.subject);
};

let number = 0;
async function someone(role: 'STUDENT' | 'INSTRUCTOR' | 'ADMIN' = 'STUDENT') {
  number += 1;
  const email = `person${number}@school.test`;
  const { id } = await createUser(asProgram(), { name: 'Ada Lovelace', email, password, role });
  return { id, email };
}

async function deeds(subjectId: string) {
  const { rows } = await school.database.owner.query<{ action: string; actor: string | null }>(
    "select action, actor_id as actor from audit_log where subject_id = $1 and action <> 'accounts.userCreated' order by sequence",
    [subjectId],
  );
  expect(rows.every(({ actor }) => actor === adminId)).toBe(true);
  return rows.map(({ action }) => action);
}

const sessionsOf = async (id: string) => (await school.database.owner.query('select 1 from sessions where user_id = $1', [id])).rowCount;

test('someone suspended is out at once, cannot come in, and reads why and until when', async () => {
  const { id, email } = await someone();
  await enter(email);
  await suspendPerson(asAdmin(), { id, reason: 'Advertising, after two warnings.', lastDay: '2099-12-24' });
  expect(await sessionsOf(id)).toBe(0);
  await expect(enter(email)).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('suspended') });
  expect(await subjects(email)).toEqual(['Your account is suspended']);
  const [mail] = await school.mailsTo(email);
  expect(mail?.text).toContain('Advertising, after two warnings.');
  expect(mail?.text).toContain('December 24, 2099 at 11:00 PM UTC');
  expect((await personForAdmin(asAdmin(), { id })).person).toMatchObject({
    state: 'suspended',
    banReason: 'Advertising, after two warnings.',
    banExpires: new Date('2099-12-24T23:00:00Z'),
  });
  await liftSuspension(asAdmin(), { id });
  expect((await enter(email)).kind).toBe('signed-in');
  expect(await subjects(email)).toEqual(['Your account is suspended', 'Your account is open again']);
  expect(await deeds(id)).toEqual(['accounts.suspended', 'accounts.suspensionLifted']);
});

test('a suspension without an end holds until it is lifted, and one in the past is refused', async () => {
  const { id, email } = await someone();
  await expect(suspendPerson(asAdmin(), { id, reason: 'Spam', lastDay: '2020-01-01' })).rejects.toMatchObject({
    fields: { lastDay: expect.any(String) },
  });
  await expect(suspendPerson(asAdmin(), { id, reason: '  ' })).rejects.toMatchObject({ fields: { reason: expect.any(String) } });
  await suspendPerson(asAdmin(), { id, reason: 'Spam', lastDay: '' });
  await expect(suspendPerson(asAdmin(), { id, reason: 'Spam again' })).rejects.toMatchObject({ code: 'conflict' });
  await school.runJobs();
  expect((await school.mailsTo(email))[0]?.text).toContain('until an admin lets you in again');
});

test('a role is changed by an admin, who is told to whom; not their own, and not to lift a suspended person up', async () => {
  const { id, email } = await someone();
  await changeRole(asAdmin(), { id, role: 'INSTRUCTOR' });
  await changeRole(asAdmin(), { id, role: 'INSTRUCTOR' });
  expect((await school.database.owner.query('select 1 from instructor_profiles where user_id = $1', [id])).rowCount).toBe(1);
  expect(await deeds(id)).toEqual(['accounts.roleChanged']);
  expect(await subjects(email)).toEqual(['Your role in the school has changed']);
  await expect(changeRole(asAdmin(), { id: adminId, role: 'STUDENT' })).rejects.toMatchObject({ code: 'conflict' });
  await suspendPerson(asAdmin(), { id, reason: 'Spam' });
  await expect(changeRole(asAdmin(), { id, role: 'ADMIN' })).rejects.toMatchObject({ code: 'conflict' });
});

test('two admins who take each other’s role in the same moment leave one', async () => {
  const other = await someone('ADMIN');
  const asOther = school.database.context(person('ADMIN', other.id), new Date());
  const answers = await Promise.allSettled([
    changeRole(asAdmin(), { id: other.id, role: 'STUDENT' }),
    changeRole(asOther, { id: adminId, role: 'STUDENT' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { rows } = await school.database.owner.query("select count(*)::int as admins from users where role = 'ADMIN'");
  expect(rows).toEqual([{ admins: 1 }]);
  await school.database.owner.query("update users set role = 'ADMIN' where id = $1", [adminId]);
  await school.database.owner.query("update users set role = 'STUDENT' where id = $1", [other.id]);
});

test('someone is signed out everywhere, and gets a link for a new password', async () => {
  const { id, email } = await someone();
  await enter(email);
  await enter(email);
  expect(await endSessions(asAdmin(), { id })).toEqual({ ended: 2 });
  expect(await sessionsOf(id)).toBe(0);
  await sendPasswordLink(asAdmin(), { id });
  expect(await subjects(email)).toEqual(['Choose a new password']);
  expect(await deeds(id)).toEqual(['accounts.sessionsEnded', 'accounts.passwordLinkSent']);
});

test('an address is confirmed for its owner, or the mail for it is sent again', async () => {
  const email = 'grace@school.test';
  await signUp(asGuest(), { name: 'Grace', email, password, client });
  const { rows } = await school.database.owner.query<{ id: string }>('select id from users where email = $1', [email]);
  const id = rows[0]?.id ?? '';
  expect((await personForAdmin(asAdmin(), { id })).person.state).toBe('unconfirmed');
  await resendConfirmation(asAdmin(), { id });
  expect(await subjects(email)).toEqual(['Confirm your e-mail address', 'Confirm your e-mail address']);
  await confirmAddress(asAdmin(), { id });
  expect((await enter(email)).kind).toBe('signed-in');
  await expect(confirmAddress(asAdmin(), { id })).rejects.toMatchObject({ code: 'conflict' });
  expect(await deeds(id)).toEqual(['accounts.confirmationResent', 'accounts.addressConfirmed']);
});

test('an admin sees what they need to know of somebody, what was done, and what may be done', async () => {
  const { id, email } = await someone();
  await enter(email);
  await changeRole(asAdmin(), { id, role: 'INSTRUCTOR' });
  const page = await personForAdmin(asAdmin(), { id });
  expect(page.person).toMatchObject({ email, sessions: 1, hasPassword: true, passkeys: 0, connections: [], apiKeys: 0, state: null });
  expect(page.deeds.map(({ sentence }) => sentence)).toEqual([
    'Ines Okafor changed the role of Ada Lovelace from student to instructor',
    'The program made the account of Ada Lovelace as student',
  ]);
  expect(page.may).toEqual({
    changeRole: true,
    suspend: true,
    liftSuspension: false,
    endSessions: true,
    sendPasswordLink: true,
    confirmAddress: false,
    close: true,
    actAs: true,
  });
});

test.each(['nonsense', newId()])('there is no person %s', async (id) => {
  await expect(personForAdmin(asAdmin(), { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(endSessions(asAdmin(), { id })).rejects.toMatchObject({ code: 'not-found' });
});

test.each([guest, person('STUDENT'), person('INSTRUCTOR')])('nobody else does any of it: %#', async (actor) => {
  const { id } = await someone();
  const ctx = school.database.context(actor, new Date());
  const refused = { code: 'forbidden' };
  await expect(personForAdmin(ctx, { id })).rejects.toMatchObject(refused);
  await expect(suspendPerson(ctx, { id, reason: 'Spam' })).rejects.toMatchObject(refused);
  await expect(liftSuspension(ctx, { id })).rejects.toMatchObject(refused);
  await expect(changeRole(ctx, { id, role: 'ADMIN' })).rejects.toMatchObject(refused);
  await expect(endSessions(ctx, { id })).rejects.toMatchObject(refused);
  await expect(sendPasswordLink(ctx, { id })).rejects.toMatchObject(refused);
  await expect(confirmAddress(ctx, { id })).rejects.toMatchObject(refused);
  await expect(resendConfirmation(ctx, { id })).rejects.toMatchObject(refused);
});
