import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { codeShown, midOfCode } from '../../../../tests/support/authenticator-app.ts';
import { system } from '../../../../tests/support/database.ts';
import type { TestBrowser } from '../../../../tests/support/test-browser.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import {
  beginSetUp,
  forgetDevices,
  rememberedDevices,
  requestPasswordReset,
  resetPassword,
  setPassword,
  setUpOf,
  switchOff,
  switchOn,
  takeSecondStep,
} from '../index.server.ts';

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: midOfCode() }));
afterAll(() => void vi.useRealTimers());

const school = testSchool();

/** Someone with a second factor, switched on in this browser. */
async function careful(email: string): Promise<{ home: TestBrowser; secret: string; recoveryCodes: string[] }> {
  const home = await school.signedUp(email);
  await beginSetUp(await home.request());
  const secret = (await setUpOf(await home.request()))?.secret ?? '';
  // The code before: the one that is shown now is left for the sign-in.
  const { recoveryCodes } = await switchOn(await home.request(), { code: codeShown(secret, -1), client: home.client });
  return { home, secret, recoveryCodes };
}

async function step(browser: TestBrowser, code: string, more: { isRecoveryCode?: boolean; rememberDevice?: boolean } = {}) {
  const { isRecoveryCode = false, rememberDevice = false } = more;
  const answer = await takeSecondStep(await browser.request(), { code, isRecoveryCode, rememberDevice, client: browser.client });
  if (answer.kind === 'signed-in') browser.take(answer.cookies);
  return answer.kind;
}

async function someoneWithRememberedDevice(email: string) {
  const { home, secret } = await careful(email);
  const browser = school.browserFor(email);
  await browser.enter();
  await step(browser, codeShown(secret), { rememberDevice: true });
  return { browser, home, secret };
}

const whoIn = async (browser: TestBrowser) => {
  const { actor } = await browser.request();
  return actor.kind === 'person' ? actor.email : actor.kind;
};

const sessionCount = async (email: string) => {
  const { rows } = await school.database.owner.query('select 1 from sessions s join users u on u.id = s.user_id where u.email = $1', [
    email,
  ]);
  return rows.length;
};

test('the right password alone begins no session, the right code then does', async () => {
  const { secret } = await careful('two@school.test');
  const browser = school.browserFor('two@school.test');
  expect(await browser.enter()).toBe('second-step');
  expect(browser.has('session_token')).toBe(false);
  expect(await whoIn(browser)).toBe('guest');
  expect(await sessionCount('two@school.test')).toBe(1);
  expect(await step(browser, codeShown(secret))).toBe('signed-in');
  expect(await whoIn(browser)).toBe('two@school.test');
  expect(browser.has('two_factor')).toBe(false);
});

test('a code that was used once is refused, although it is right for a while', async () => {
  const { secret } = await careful('replay@school.test');
  const code = codeShown(secret);
  const [first, second, third] = ['', '', ''].map(() => school.browserFor('replay@school.test'));
  if (!first || !second || !third) throw new Error('No browsers');
  for (const browser of [first, second, third]) expect(await browser.enter()).toBe('second-step');
  const answers = await Promise.allSettled([step(first, code), step(second, code)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(step(third, code)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('used already') });
  expect(await whoIn(third)).toBe('guest');
  expect(await sessionCount('replay@school.test')).toBe(2);
  expect(await step(third, codeShown(secret, 1))).toBe('signed-in');
});

test('a recovery code gets its owner in once, however it is typed, and a mail says so', async () => {
  const email = 'phoneless@school.test';
  const { recoveryCodes } = await careful(email);
  const [code = ''] = recoveryCodes;
  const browser = school.browserFor(email);
  await browser.enter();
  expect(await step(browser, ` ${code.toUpperCase().replace('-', ' ')}`, { isRecoveryCode: true })).toBe('signed-in');
  expect(await whoIn(browser)).toBe(email);
  const again = school.browserFor(email);
  await again.enter();
  await expect(step(again, code, { isRecoveryCode: true })).rejects.toMatchObject({ code: 'invalid' });
  await school.runJobs();
  const mail = (await school.mailsTo(email)).find(({ kind }) => kind === 'accounts.recoveryCodeUsed');
  expect(mail?.text).toContain('9 are left.');
  expect(mail?.text).not.toContain(code);
});

test('five wrong codes end a sign-in, ten lock the second step for a while, even for the right code', async () => {
  const email = 'guessed@school.test';
  const { secret, recoveryCodes } = await careful(email);
  for (let round = 0; round < 2; round += 1) {
    const guesser = school.browserFor(email);
    await guesser.enter();
    for (let guess = 0; guess < 5; guess += 1) await expect(step(guesser, '000000')).rejects.toMatchObject({ code: 'invalid' });
    if (round === 0) expect(await step(guesser, codeShown(secret))).toBe('expired');
    expect(await whoIn(guesser)).toBe('guest');
  }
  const browser = school.browserFor(email);
  await browser.enter();
  await expect(step(browser, codeShown(secret))).rejects.toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
  await expect(step(browser, recoveryCodes[0] ?? '', { isRecoveryCode: true })).rejects.toMatchObject({ code: 'too-many' });
  await school.database.owner.query("update two_factors set locked_until = now() - interval '1 minute' where locked_until is not null");
  expect(await step(browser, codeShown(secret))).toBe('signed-in');
});

test('without the first step there is no second', async () => {
  const { secret } = await careful('stranger@school.test');
  const stranger = school.browserFor('stranger@school.test');
  expect(await step(stranger, codeShown(secret))).toBe('expired');
  const { secret: othersSecret } = await careful('other@school.test');
  await stranger.enter();
  await expect(step(stranger, codeShown(othersSecret))).rejects.toMatchObject({ code: 'invalid' });
});

test('whoever waited more than ten minutes, or was suspended meanwhile, does not get in', async () => {
  const { secret } = await careful('slow@school.test');
  const browser = school.browserFor('slow@school.test');
  await browser.enter();
  await school.database.owner.query("update users set banned = true where email = 'slow@school.test'");
  await expect(step(browser, codeShown(secret))).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('suspended'),
  });
  await school.database.owner.query("update users set banned = false where email = 'slow@school.test'");
  await school.database.owner.query("update verifications set expires_at = now() - interval '1 minute'");
  expect(await step(browser, codeShown(secret, 1))).toBe('expired');
  expect(await sessionCount('slow@school.test')).toBe(1);
});

test('a remembered device is asked for the password only, by its own person only', async () => {
  const { browser } = await someoneWithRememberedDevice('regular@school.test');
  expect(await browser.enter()).toBe('signed-in');
  expect(await browser.enter()).toBe('signed-in');
  const { cookieHeader } = browser.client;
  expect(await rememberedDevices(await browser.request(), { cookieHeader })).toMatchObject([{ isThis: true }]);
  expect(await rememberedDevices(await browser.request(), { cookieHeader: '' })).toMatchObject([{ isThis: false }]);

  await careful('neighbor@school.test');
  expect(await browser.enter({ email: 'neighbor@school.test' })).toBe('second-step');
});

test('remembered devices are forgotten when their person says so', async () => {
  const { browser } = await someoneWithRememberedDevice('forgetful@school.test');
  await someoneWithRememberedDevice('bystander@school.test');
  await forgetDevices(await browser.request());
  expect(await browser.enter()).toBe('second-step');
  const { rows } = await school.database.owner.query(
    'select 1 from verifications v join users u on v.value = u.id::text and u.email = $1',
    ['bystander@school.test'],
  );
  expect(rows).toHaveLength(1);
});

test('remembered devices are forgotten when the second factor is switched off', async () => {
  const { browser } = await someoneWithRememberedDevice('switcher@school.test');
  await switchOff(await browser.request());
  await beginSetUp(await browser.request());
  const secret = (await setUpOf(await browser.request()))?.secret ?? '';
  await switchOn(await browser.request(), { code: codeShown(secret), client: browser.client });
  expect(await browser.enter()).toBe('second-step');
});

test.each(['by mail', 'by an admin'])(
  'remembered devices are forgotten when the password is reset %s, and the second step stays',
  async (way) => {
    const email = `${way.replaceAll(' ', '-')}@school.test`;
    const { browser } = await someoneWithRememberedDevice(email);
    const password = 'eleven quiet green lamps';
    if (way === 'by an admin') await setPassword(school.database.context(system, new Date()), { email, password });
    else {
      await requestPasswordReset(await browser.request(), { email, client: browser.client });
      await school.runJobs();
      const { text } = (await school.mailsTo(email)).find(({ kind }) => kind === 'accounts.resetPassword') ?? { text: '' };
      const token = /token=([\w-]+)/.exec(text)?.[1] ?? '';
      await resetPassword(await browser.request(), { token, password, client: browser.client });
    }
    expect(await browser.enter({ password })).toBe('second-step');
  },
);

test('one machine may not try codes without end', async () => {
  const nobody = school.browserFor('nobody@school.test');
  const client = { address: '198.51.100.9', userAgent: 'Test', cookieHeader: '' };
  const input = { code: '000000', isRecoveryCode: false, rememberDevice: false, client };
  const ctx = await nobody.request();
  for (let guess = 0; guess < 90; guess += 1) await takeSecondStep(ctx, input);
  await expect(takeSecondStep(ctx, input)).rejects.toMatchObject({ code: 'too-many' });
});
