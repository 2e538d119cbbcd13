import { expect, test } from 'vitest';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import {
  answerInvitation,
  changeMember,
  inviteToTeam,
  leaveTeam,
  ownInvitation,
  removeMember,
  saveDetails,
  teamPage,
  withdrawInvitation,
} from '../index.server.ts';

const database = testDatabase();
const school = testProcess(database);
let owner: Someone;

type Someone = Awaited<ReturnType<typeof aPerson>>;
const as = (who: Someone) => database.context(who);
const co = { role: 'CO_INSTRUCTOR', sharePercent: 20 } as const;
const helper = { role: 'ASSISTANT', sharePercent: 0 } as const;

async function aDraft() {
  // Each owner may ask so often in an hour.
  owner = await aPerson(database, 'INSTRUCTOR', { name: 'Grace' });
  return aCourse(database, { instructorId: owner.id, status: 'DRAFT', title: 'Tea, slowly' });
}

const invitations = async (slug: string) => (await teamPage(as(owner), { slug })).invitations;
const members = async (slug: string) => (await teamPage(as(owner), { slug })).members;

async function joined(slug: string, who: Someone, fields: typeof co | typeof helper = co) {
  await inviteToTeam(as(owner), { slug, whom: who.email, ...fields });
  const [invitation] = await invitations(slug);
  await answerInvitation(as(who), { id: invitation!.id, accepts: true });
}

test('somebody is asked by their address, hears of it, says yes, and may change the course', async () => {
  const { slug } = await aDraft();
  const ada = await aPerson(database, 'STUDENT', { name: 'Ada' });
  await inviteToTeam(as(owner), { slug, whom: ada.email.toUpperCase(), ...co });
  await school.runJobs();
  expect((await school.mailsTo(ada.email)).map(({ subject }) => subject)).toEqual(['Teach “Tea, slowly” together?']);
  const { id } = (await invitations(slug))[0]!;
  expect(await ownInvitation(as(ada), { id })).toMatchObject({
    courseTitle: 'Tea, slowly',
    by: 'Grace',
    role: 'CO_INSTRUCTOR',
    shareBasisPoints: 2000,
  });
  await answerInvitation(as(ada), { id, accepts: true });
  expect(await members(slug)).toMatchObject([{ name: 'Ada', role: 'CO_INSTRUCTOR', shareBasisPoints: 2000 }]);
  expect(await invitations(slug)).toEqual([]);
  expect(await saveDetails(as(ada), { slug, values: { subtitle: 'Together' }, seen: {} })).toMatchObject({ kind: 'saved' });
});

test('an address that nobody has is answered like one that somebody has', async () => {
  const { slug } = await aDraft();
  const ada = await aPerson(database);
  for (const whom of [ada.email, 'nobody@school.test']) expect(await inviteToTeam(as(owner), { slug, whom, ...helper })).toBeUndefined();
  expect((await invitations(slug)).map(({ whom }) => whom)).toEqual([ada.email, 'nobody@school.test']);
  await school.runJobs();
  expect(await school.mailsTo('nobody@school.test')).toEqual([]);
});

test('somebody is asked by their username, once', async () => {
  const { slug } = await aDraft();
  const ada = await aPerson(database, 'STUDENT', { name: 'Ada' });
  await database.owner.query("update users set username = 'ada-teaches' where id = $1", [ada.id]);
  const ask = (whom: string) => inviteToTeam(as(owner), { slug, whom, ...helper });
  await ask('Ada-Teaches');
  expect(await invitations(slug)).toMatchObject([{ whom: 'Ada', role: 'ASSISTANT' }]);
  await expect(ask('ada-teaches')).rejects.toThrow(/asked already/);
  await expect(ask('nobody-at-all')).rejects.toMatchObject({ fields: { whom: expect.any(String) } });
  await expect(ask('not an address@')).rejects.toMatchObject({ fields: { whom: expect.any(String) } });
});

test('nobody answers for somebody else, and no is no', async () => {
  const { slug } = await aDraft();
  const [ada, bo] = [await aPerson(database), await aPerson(database)];
  await inviteToTeam(as(owner), { slug, whom: ada.email, ...helper });
  const { id } = (await invitations(slug))[0]!;
  for (const who of [bo, owner]) {
    await expect(ownInvitation(as(who), { id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(answerInvitation(as(who), { id, accepts: true })).rejects.toMatchObject({ code: 'not-found' });
  }
  await answerInvitation(as(ada), { id, accepts: false });
  expect([await members(slug), await invitations(slug)]).toEqual([[], []]);
  await expect(answerInvitation(as(ada), { id, accepts: true })).rejects.toMatchObject({ code: 'not-found' });
});

test('shares are never more than a whole, those who have not answered counted', async () => {
  const { id, slug } = await aDraft();
  const [ada, bo] = [await aPerson(database), await aPerson(database)];
  await joined(slug, ada, { ...co, sharePercent: 60 } as never);
  await inviteToTeam(as(owner), { slug, whom: bo.email, role: 'CO_INSTRUCTOR', sharePercent: 30 });
  await expect(changeMember(as(owner), { slug, userId: ada.id, role: 'CO_INSTRUCTOR', sharePercent: 70.5 })).rejects.toMatchObject({
    fields: { sharePercent: 'At most 70 % are left.' },
  });
  await expect(inviteToTeam(as(owner), { slug, whom: 'x@school.test', role: 'CO_INSTRUCTOR', sharePercent: 11 })).rejects.toMatchObject({
    code: 'invalid',
  });
  await expect(inviteToTeam(as(owner), { slug, whom: 'x@school.test', role: 'ASSISTANT', sharePercent: 1 })).rejects.toMatchObject({
    code: 'invalid',
  });
  await expect(
    database.owner.query('insert into course_instructors (course_id, user_id, revenue_share_basis_points) values ($1, $2, 4100)', [
      id,
      bo.id,
    ]),
  ).rejects.toMatchObject({ constraint: 'course_instructors_whole' });
});

test('a role changes, one is taken out, one leaves, and an invitation is taken back', async () => {
  const { slug } = await aDraft();
  const [ada, bo] = [await aPerson(database, 'STUDENT', { name: 'Ada' }), await aPerson(database, 'STUDENT', { name: 'Bo' })];
  await joined(slug, ada);
  await joined(slug, bo, helper);
  await changeMember(as(owner), { slug, userId: ada.id, ...helper });
  await expect(saveDetails(as(ada), { slug, values: { subtitle: 'x' }, seen: {} })).rejects.toMatchObject({ code: 'not-found' });
  await leaveTeam(as(bo), { slug });
  expect(await members(slug)).toMatchObject([{ name: 'Ada', role: 'ASSISTANT' }]);
  for (let time = 0; time < 2; time += 1) await removeMember(as(owner), { slug, userId: ada.id });
  expect(await members(slug)).toEqual([]);
  await expect(leaveTeam(as(ada), { slug })).rejects.toMatchObject({ code: 'not-found' });
  await inviteToTeam(as(owner), { slug, whom: 'x@school.test', ...helper });
  await withdrawInvitation(as(owner), { slug, invitationId: (await invitations(slug))[0]!.id });
  expect(await invitations(slug)).toEqual([]);
});

test('the team is decided on by who owns the course, and by admins', async () => {
  const { slug } = await aDraft();
  const [ada, helps, stranger, admin] = await Promise.all([
    aPerson(database),
    aPerson(database),
    aPerson(database, 'INSTRUCTOR'),
    aPerson(database, 'ADMIN'),
  ]);
  await joined(slug, ada);
  await joined(slug, helps, helper);
  for (const [who, code] of [
    [ada, 'forbidden'],
    [helps, 'forbidden'],
    [stranger, 'not-found'],
  ] as const) {
    await expect(inviteToTeam(as(who), { slug, whom: 'x@school.test', ...helper })).rejects.toMatchObject({ code });
    await expect(changeMember(as(who), { slug, userId: helps.id, ...co })).rejects.toMatchObject({ code });
    await expect(removeMember(as(who), { slug, userId: helps.id })).rejects.toMatchObject({ code });
    await expect(withdrawInvitation(as(who), { slug, invitationId: helps.id })).rejects.toMatchObject({ code });
  }
  await inviteToTeam(as(owner), { slug, whom: 'x@school.test', ...helper });
  expect(await teamPage(as(helps), { slug })).toMatchObject({ mayLead: false, isMember: true, invitations: [] });
  await expect(teamPage(as(stranger), { slug })).rejects.toMatchObject({ code: 'not-found' });
  await changeMember(as(admin), { slug, userId: helps.id, ...co });
  expect(await statementsOf(() => teamPage(as(owner), { slug }))).toHaveLength(2);
});
