import { expect, test } from 'vitest';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';
import {
  actorOf,
  changePassword,
  isSignInLinkOpen,
  requestPasswordReset,
  requestSignInLink,
  resetPassword,
  signIn,
  signInByLink,
  signUp,
  verifyEmail,
} from '../index.server.ts';

const school = testSchool();

/** Asks for a link and gives its token. */
async function linkFor(email: string): Promise<string> {
  await requestSignInLink(school.asGuest(), { email, client });
  const link = await school.linkTo(email.toLowerCase(), 'accounts.signInLink');
  return link.searchParams.get('token') ?? '';
}

const open = (token: string, cookieHeader?: string, now?: Date) =>
  signInByLink(school.asGuest(now), { token, client: { ...client, cookieHeader } });

test('the owner of a mailed link is signed in by it, once', async () => {
  await school.make('ada@school.test', { password: undefined });
  const token = await linkFor('Ada@School.test');
  expect(await isSignInLinkOpen(school.asGuest(), { token })).toBe(true);
  const answer = await open(token);
  if (answer.kind !== 'signed-in') throw new Error(answer.kind);
  expect((await school.browserWith(answer.cookies).context()).actor.email).toBe('ada@school.test');
  expect(await isSignInLinkOpen(school.asGuest(), { token })).toBe(false);
  expect(await open(token)).toEqual({ kind: 'expired' });
});

test('of two who press in the same moment, one is signed in', async () => {
  const { id } = await school.make('twice@school.test');
  const token = await linkFor('twice@school.test');
  const answers = await Promise.all([open(token), open(token)]);
  expect(answers.map((answer) => answer.kind).sort()).toEqual(['expired', 'signed-in']);
  expect((await school.database.owner.query('select 1 from sessions where user_id = $1', [id])).rows).toHaveLength(1);
});

test('a link leads on to where its owner was heading', async () => {
  await school.make('heading@school.test');
  await requestSignInLink(school.asGuest(), { email: 'heading@school.test', next: '/courses/typescript', client });
  expect((await school.linkTo('heading@school.test', 'accounts.signInLink')).searchParams.get('next')).toBe('/courses/typescript');
});

test('a link of more than 15 minutes and a made-up one sign nobody in', async () => {
  await school.make('late@school.test');
  const token = await linkFor('late@school.test');
  const later = new Date(Date.now() + 901_000);
  expect(await isSignInLinkOpen(school.asGuest(later), { token })).toBe(false);
  expect(await open(token, undefined, later)).toEqual({ kind: 'expired' });
  expect(await open('made-up')).toEqual({ kind: 'expired' });
  expect(await open('')).toEqual({ kind: 'expired' });
});

test('no other proof that somebody holds passes for a link', async () => {
  const { id } = await school.make('other@school.test');
  await requestPasswordReset(school.asGuest(), { email: 'other@school.test', client });
  const reset = (await school.linkTo('other@school.test', 'accounts.resetPassword')).searchParams.get('token') ?? '';
  await school.database.owner.query(
    `insert into verifications (id, identifier, value, expires_at)
     values (gen_random_uuid(), $1, '{"email":"other@school.test"}', now() + interval '1 hour')`,
    [`email-change ${id}`],
  );
  for (const token of [reset, `reset-password:${reset}`, `email-change ${id}`]) expect(await open(token)).toEqual({ kind: 'expired' });
});

test('an address without an account gets the same answer and no mail', async () => {
  expect(await requestSignInLink(school.asGuest(), { email: 'nobody@school.test', client })).toBeUndefined();
  await school.runJobs();
  expect(await school.mailsTo('nobody@school.test')).toEqual([]);
});

test('no link can be read out of the database', async () => {
  await school.make('hashed@school.test');
  const token = await linkFor('hashed@school.test');
  const { rows } = await school.database.owner.query('select identifier, value from verifications');
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('a new password, however it is set, makes every link worthless', async () => {
  await school.make('changed@school.test');
  const browser = await school.browserOf('changed@school.test');
  const first = await linkFor('changed@school.test');
  const input = { oldPassword: password, password: 'eleven quiet green lamps', endOthers: false, client: browser.client };
  await changePassword(await browser.context(), input);
  expect(await open(first)).toEqual({ kind: 'expired' });
  const second = await linkFor('changed@school.test');
  await requestPasswordReset(school.asGuest(), { email: 'changed@school.test', client });
  const reset = (await school.linkTo('changed@school.test', 'accounts.resetPassword')).searchParams.get('token') ?? '';
  await resetPassword(school.asGuest(), { token: reset, password: 'seven slow blue clocks', client });
  expect(await open(second)).toEqual({ kind: 'expired' });
});

test('the link confirms the address, and a stranger who signed up with it first keeps no way in', async () => {
  const stranger = { name: 'Mallory', email: 'taken@school.test', password: 'words of a stranger', client };
  await signUp(school.asGuest(), stranger);
  const strangersLink = (await school.linkTo('taken@school.test', 'accounts.verifyEmail')).searchParams.get('token') ?? '';
  expect((await open(await linkFor('taken@school.test'))).kind).toBe('signed-in');
  const enter = signIn(school.asGuest(), { ...stranger, remember: false });
  await expect(enter).rejects.toMatchObject({ code: 'invalid' });
  expect(await verifyEmail(school.asGuest(), { token: strangersLink, client })).toEqual({ kind: 'already-confirmed' });
});

test('whoever has a second step takes it after the link too', async () => {
  const { id } = await school.make('careful@school.test');
  await school.database.owner.query('update users set two_factor_enabled = true where id = $1', [id]);
  const answer = await open(await linkFor('careful@school.test'));
  expect(answer.kind).toBe('second-step');
  expect((await school.database.owner.query('select 1 from sessions where user_id = $1', [id])).rows).toEqual([]);
});

test('a banned person is told so, and their link stays unused', async () => {
  const { id } = await school.make('banned@school.test');
  const token = await linkFor('banned@school.test');
  await school.database.owner.query('update users set banned = true where id = $1', [id]);
  await expect(open(token)).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('suspended') });
  expect(await isSignInLinkOpen(school.asGuest(), { token })).toBe(true);
});

test('who was signed in before in the same browser is so no more', async () => {
  await school.make('one@school.test');
  await school.make('two@school.test');
  const before = await school.browserOf('one@school.test');
  await open(await linkFor('two@school.test'), before.cookieHeader);
  expect(await actorOf(before.headers, new Date())).toEqual({ kind: 'guest' });
});

test('one address is mailed five links an hour at the most', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) await requestSignInLink(school.asGuest(), { email: 'flood@school.test', client });
  await expect(requestSignInLink(school.asGuest(), { email: 'Flood@School.test', client })).rejects.toMatchObject({
    code: 'too-many',
    retryAfterSeconds: expect.any(Number),
  });
});
