import { expect, test } from 'vitest';
import { type Behavior, SecurityKey } from '../../../../tests/support/security-key.ts';
import type { TestBrowser } from '../../../../tests/support/test-browser.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import {
  addPasskey,
  beginAddingPasskey,
  beginPasskeyConfirmation,
  beginPasskeySignIn,
  confirmWithPasskey,
  ownPasskeys,
  removePasskey,
  renamePasskey,
  signInWithPasskey,
} from '../index.server.ts';

const school = testSchool();

const refusal = { code: 'invalid', message: 'That passkey did not work here. Try again, or take another way in.' };

async function add(browser: TestBrowser, key: SecurityKey, behavior: Behavior = {}): Promise<string> {
  const { options, cookies } = await beginAddingPasskey(await browser.request(), { client: browser.client });
  browser.take(cookies);
  return (await addPasskey(await browser.request(), { credential: key.make(options, behavior), client: browser.client })).name;
}

async function challenge(browser: TestBrowser): Promise<object> {
  const { options, cookies } = await beginPasskeySignIn(await browser.request(), { client: browser.client });
  browser.take(cookies);
  return options;
}

async function answer(browser: TestBrowser, credential: object, remember = true): Promise<string> {
  const cookies = await signInWithPasskey(await browser.request(), { credential, remember, client: browser.client });
  browser.take(cookies);
  return whoIn(browser);
}

const enterWith = async (browser: TestBrowser, key: SecurityKey, behavior: Behavior = {}) =>
  answer(browser, key.use(await challenge(browser), behavior));

const whoIn = async (browser: TestBrowser) => {
  const { actor } = await browser.request();
  return actor.kind === 'person' ? actor.email : actor.kind;
};

/** Someone with a passkey, and a browser of theirs that is signed out. */
async function keyHolder(email: string) {
  const [home, key, browser] = [await school.signedUp(email), new SecurityKey(), school.browserFor(email)];
  await add(home, key);
  return { home, key, browser };
}

test('a passkey gets its owner in without an address or a password, even where a second step would be asked for', async () => {
  const { home, key, browser } = await keyHolder('ada@school.test');
  await school.database.owner.query("update users set two_factor_enabled = true where email = 'ada@school.test'");
  expect(await ownPasskeys(await home.request())).toMatchObject([{ name: 'Security key', lastUsedAt: null, isSynced: false }]);
  expect(await enterWith(browser, key)).toBe('ada@school.test');
  expect(await ownPasskeys(await home.request())).toMatchObject([{ lastUsedAt: expect.any(Date) }]);
  await school.runJobs();
  const mails = await school.mailsTo('ada@school.test');
  expect(mails).toMatchObject([{ kind: 'accounts.passkeyAdded', text: expect.stringContaining('Security key') }]);
});

test('whoever is not remembered is signed in until the browser closes, a day at most', async () => {
  const { key, browser } = await keyHolder('brief@school.test');
  const cookies = await signInWithPasskey(await browser.request(), {
    credential: key.use(await challenge(browser)),
    remember: false,
    client: browser.client,
  });
  const session = cookies.find(({ name }) => name === 'lyceum.session_token');
  expect(session?.options.maxAge).toBeUndefined();
  expect(cookies.map(({ name }) => name)).toContain('lyceum.dont_remember');
  const { rows } = await school.database.owner.query('select expires_at - created_at <= $1 as brief from sessions where token = $2', [
    '1 day',
    session?.value.split('.')[0],
  ]);
  expect(rows).toEqual([{ brief: true }]);
});

test('a challenge is answered once, in the browser that asked, within five minutes', async () => {
  const { key, browser } = await keyHolder('replay@school.test');
  const used = key.use(await challenge(browser));
  const thief = school.browserFor('thief@school.test');
  thief.take([...browserCookies(browser)]);
  expect(await answer(browser, used)).toBe('replay@school.test');
  await expect(answer(thief, used)).rejects.toMatchObject(refusal);
  expect(await whoIn(thief)).toBe('guest');

  const stranger = school.browserFor('stranger@school.test');
  const stolen = key.use(await challenge(browser));
  await expect(answer(stranger, stolen)).rejects.toMatchObject(refusal);
  await challenge(stranger);
  await expect(answer(stranger, stolen)).rejects.toMatchObject(refusal);

  const late = key.use(await challenge(stranger));
  await school.database.owner.query("update verifications set expires_at = now() - interval '1 second'");
  await expect(answer(stranger, late)).rejects.toMatchObject(refusal);
  expect(await whoIn(stranger)).toBe('guest');
});

function browserCookies(browser: TestBrowser) {
  const options = { path: '/', httpOnly: true, secure: false, sameSite: 'lax' as const };
  return browser.client.cookieHeader
    .split('; ')
    .map((cookie) => cookie.split('='))
    .map(([name = '', value = '']) => ({ name, value: decodeURIComponent(value), options }));
}

test('an attempt that failed has spent its challenge', async () => {
  const { key, browser } = await keyHolder('spent@school.test');
  const options = await challenge(browser);
  await expect(answer(browser, new SecurityKey().use(options))).rejects.toMatchObject(refusal);
  await expect(answer(browser, key.use(options))).rejects.toMatchObject(refusal);
});

test.each([
  ['another site', { origin: 'https://school.example' }],
  ['another port of this machine', { origin: 'http://localhost:4000' }],
  ['a name that is not the school’s', { rpId: 'evil.example' }],
  ['a device that did not verify its owner', { verifiesOwner: false }],
])('a passkey is neither made nor used by way of %s', async (way, behavior: Behavior) => {
  const { home, key, browser } = await keyHolder(`${way.length}@school.test`);
  await expect(add(home, new SecurityKey(), behavior)).rejects.toMatchObject(refusal);
  expect(await ownPasskeys(await home.request())).toHaveLength(1);
  await expect(enterWith(browser, key, behavior)).rejects.toMatchObject(refusal);
  expect(await whoIn(browser)).toBe('guest');
});

test('a copy of a key, whose counter lags behind, is refused', async () => {
  const { key, browser } = await keyHolder('copied@school.test');
  expect(await enterWith(browser, key, { counter: 7 })).toBe('copied@school.test');
  const copy = school.browserFor('copy@school.test');
  for (const counter of [7, 6]) await expect(enterWith(copy, key, { counter })).rejects.toMatchObject(refusal);
  expect(await enterWith(copy, key, { counter: 8 })).toBe('copied@school.test');
});

test('what is no answer at all is refused in the same words', async () => {
  const browser = school.browserFor('nobody@school.test');
  await challenge(browser);
  for (const nonsense of [{}, { id: '' }, { id: 'x', rawId: 'x', type: 'public-key', response: {} }, []])
    await expect(answer(browser, nonsense)).rejects.toMatchObject(refusal);
});

test('the question is the same for everybody: it names neither people nor passkeys', async () => {
  const { home } = await keyHolder('named@school.test');
  const [asked, guest] = [await challenge(home), await challenge(school.browserFor('guest@school.test'))];
  expect(asked).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: undefined });
  expect(without(asked, 'challenge')).toEqual(without(guest, 'challenge'));
});

const without = (record: object, name: string) => Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));

test('a passkey that was renamed still works; one that was removed does not', async () => {
  const { home, key, browser } = await keyHolder('keeper@school.test');
  const [made] = await ownPasskeys(await home.request());
  const id = made?.id ?? '';
  await renamePasskey(await home.request(), { id, name: '  The red one ' });
  expect(await ownPasskeys(await home.request())).toMatchObject([{ name: 'The red one', lastUsedAt: null }]);
  await expect(renamePasskey(await home.request(), { id, name: '   ' })).rejects.toMatchObject({ fields: { name: 'Enter a name.' } });
  expect(await enterWith(browser, key)).toBe('keeper@school.test');
  await removePasskey(await home.request(), { id });
  await expect(removePasskey(await home.request(), { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(enterWith(school.browserFor('keeper@school.test'), key)).rejects.toMatchObject(refusal);
  await school.runJobs();
  expect((await school.mailsTo('keeper@school.test')).map(({ subject }) => subject).sort()).toEqual([
    'A passkey was added',
    'A passkey was removed',
  ]);
});

test('nobody sees, renames or removes another’s passkey', async () => {
  const { home } = await keyHolder('owner@school.test');
  const [made] = await ownPasskeys(await home.request());
  const other = await school.signedUp('envious@school.test');
  const id = made?.id ?? '';
  expect(await ownPasskeys(await other.request())).toEqual([]);
  await expect(renamePasskey(await other.request(), { id, name: 'Mine' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(removePasskey(await other.request(), { id })).rejects.toMatchObject({ code: 'not-found' });
  expect(await ownPasskeys(await home.request())).toMatchObject([{ id, name: 'Security key' }]);
});

test('a banned person’s passkey says so and begins no session', async () => {
  const { key, browser } = await keyHolder('banned@school.test');
  await school.database.owner.query("update users set banned = true where email = 'banned@school.test'");
  await expect(enterWith(browser, key)).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('suspended') });
  expect(await whoIn(browser)).toBe('guest');
});

async function confirm(browser: TestBrowser, key: SecurityKey): Promise<object> {
  const { options, cookies } = await beginPasskeyConfirmation(await browser.request(20), { client: browser.client });
  browser.take(cookies);
  browser.take(await confirmWithPasskey(await browser.request(20), { credential: key.use(options), client: browser.client }));
  return options;
}

test('a passkey proves anew who its owner is: a new session takes the old one’s place', async () => {
  const { home, key } = await keyHolder('prover@school.test');
  const before = (await home.request()).actor;
  const options = await confirm(home, key);
  const after = (await home.request()).actor;
  expect(options).toMatchObject({ allowCredentials: [{ id: key.id }] });
  if (before.kind !== 'person' || after.kind !== 'person') throw new Error('Nobody is signed in');
  expect(after.id).toBe(before.id);
  expect(after.session?.id).not.toBe(before.session?.id);
  const { rows } = await school.database.owner.query('select id from sessions where user_id = $1', [after.id]);
  expect(rows).toEqual([{ id: after.session?.id }]);
});

test('another person’s passkey confirms nothing', async () => {
  const { home } = await keyHolder('victim@school.test');
  const { key } = await keyHolder('helper@school.test');
  await expect(confirm(home, key)).rejects.toMatchObject(refusal);
  expect(await whoIn(home)).toBe('victim@school.test');
});

test('nothing is changed by a guest, with an old proof, or by an admin who acts as somebody else', async () => {
  const { home } = await keyHolder('guarded@school.test');
  const [fresh, old] = [await home.request(), await home.request(20)];
  const [made] = await ownPasskeys(fresh);
  const id = made?.id ?? '';
  const client = home.client;
  if (fresh.actor.kind !== 'person' || !fresh.actor.session) throw new Error('Nobody is signed in');
  const session = { ...fresh.actor.session, impersonator: { id: fresh.actor.id, name: 'An admin' } };
  const impersonated = { ...fresh, actor: { ...fresh.actor, session } };
  const guarded = [
    (ctx: typeof old) => beginAddingPasskey(ctx, { client }),
    (ctx: typeof old) => addPasskey(ctx, { credential: {}, client }),
    (ctx: typeof old) => removePasskey(ctx, { id }),
  ];
  const forThemselves = [
    (ctx: typeof old) => renamePasskey(ctx, { id, name: 'Mine' }),
    (ctx: typeof old) => beginPasskeyConfirmation(ctx, { client }),
    (ctx: typeof old) => confirmWithPasskey(ctx, { credential: {}, client }),
  ];
  for (const deed of guarded) await expect(deed(old)).rejects.toMatchObject({ message: 'Confirm that it is you first.' });
  for (const deed of [...guarded, ...forThemselves]) {
    await expect(deed(school.database.context())).rejects.toMatchObject({ code: 'sign-in-required' });
    await expect(deed(impersonated)).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('acting as them') });
  }
});
