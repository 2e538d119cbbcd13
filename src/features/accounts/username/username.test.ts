import { expect, test } from 'vitest';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';
import { changeUsername, signIn } from '../index.server.ts';
import { usernameProblem } from './username.ts';

test.each(['ada', 'Ada_Lovelace', 'a-1', 'lovelace1815', 'x'.repeat(30)])('%s can be a username', (username) => {
  expect(usernameProblem(username)).toBeUndefined();
});

test.each([
  ['ad', '3 to 30'],
  ['x'.repeat(31), '3 to 30'],
  ['ada lovelace', '3 to 30'],
  ['ada.lovelace', '3 to 30'],
  ['ada@school.test', '3 to 30'],
  ['аda', '3 to 30'],
  ['ada\0', '3 to 30'],
  ['1815', 'one letter'],
  ['_ada', 'Begin and end'],
  ['ada-', 'Begin and end'],
  ['admin', 'kept for the school'],
  ['Settings', 'kept for the school'],
  ['sup-port', 'kept for the school'],
  ['Lyceum_Team', 'kept for the school'],
])('%j cannot be a username', (username, why) => {
  expect(usernameProblem(username)).toContain(why);
});

const school = testSchool();
const enter = (name: string) => signIn(school.asGuest(), { email: name, password, remember: true, client });

async function named(email: string, username: string) {
  await school.make(email);
  const browser = await school.browserOf(email);
  await changeUsername(await browser.context(), { username });
  return browser;
}

test('a username is kept as it is spelled, and signs in however it is spelled', async () => {
  const browser = await named('ada@school.test', ' Ada-Lovelace ');
  expect((await browser.context()).actor.username).toBe('ada-lovelace');
  const { rows } = await school.database.owner.query("select display_username from users where email = 'ada@school.test'");
  expect(rows).toEqual([{ display_username: 'Ada-Lovelace' }]);
  expect((await enter(' ADA-lovelace')).kind).toBe('signed-in');
});

test('a username that somebody has is refused, whatever its capitals, also to the later of two in one moment', async () => {
  await named('bea@school.test', 'Bea');
  await expect(named('other@school.test', 'bEA')).rejects.toMatchObject({
    code: 'conflict',
    fields: { username: expect.stringContaining('taken') },
  });
  const answers = await Promise.allSettled([named('carl@school.test', 'Same'), named('cora@school.test', 'same')]);
  expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('one’s own spelling can be changed, a name given back, and then somebody else may have it', async () => {
  const browser = await named('dora@school.test', 'dora');
  await changeUsername(await browser.context(), { username: 'Dora' });
  await changeUsername(await browser.context(), { username: '' });
  expect((await browser.context()).actor.username).toBeNull();
  await expect(enter('dora')).rejects.toMatchObject({ code: 'invalid' });
  await named('dorothy@school.test', 'dora');
});

test('every change is written down, and saving the same name again is none', async () => {
  const browser = await named('eve@school.test', 'eve');
  await changeUsername(await browser.context(), { username: 'eve' });
  const { actor } = await browser.context();
  const { rows } = await school.database.owner.query('select action, before, after from audit_log where actor_id = $1', [actor.id]);
  expect(rows).toEqual([{ action: 'accounts.usernameChanged', before: { username: '' }, after: { username: 'eve' } }]);
});

test('a guest, and an admin who acts as somebody, change no username', async () => {
  await expect(changeUsername(school.asGuest(), { username: 'guest-name' })).rejects.toMatchObject({ code: 'sign-in-required' });
  const { id } = await school.make('admin@school.test', { role: 'ADMIN', name: 'Ines' });
  const browser = await named('acted@school.test', 'acted');
  const ctx = await browser.context();
  const acting = { ...ctx, actor: { ...ctx.actor, session: { ...ctx.actor.session, impersonator: { id, name: 'Ines' } } } };
  await expect(changeUsername(acting, { username: 'other' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('names cannot be tried without end', async () => {
  const browser = await named('trier@school.test', 'trier0');
  const ctx = await browser.context();
  const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => changeUsername(ctx, { username: `trier${index + 1}` })));
  expect(tries.filter((answer) => answer.status === 'rejected').map((answer) => answer.reason.code)).toEqual(['too-many']);
});
