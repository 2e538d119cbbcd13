import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { expectAccessible } from '../support/accessible.ts';
import { codeShown } from '../support/authenticator-app.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

let browser: Browser;
let school: School;

const password = 'lakes and nine tin boats';
const people = { ada: 'Ada Lovelace', bea: 'Beatrix Potter', cleo: 'Cleo Park', dora: 'Dora Maar' };
const addressOf = (person: keyof typeof people) => `${person}@school.test`;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'] })]);
  const names = Object.keys(people) as (keyof typeof people)[];
  await furnish(school, { people: names.map((person) => ({ email: addressOf(person), name: people[person], password })) });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

async function signInByPassword(visitor: Visitor, person: keyof typeof people, next: string): Promise<void> {
  await visitor.page.goto(`/sign-in?next=${next}`);
  await send(visitor, { email: addressOf(person), password });
}

async function signOut({ page, context }: Visitor): Promise<void> {
  await page.goto('/sign-out');
  await page.locator('main').getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('lyceum.session_token');
}

/** Lets an hour pass since someone proved who they are. */
async function makeOld(email: string): Promise<void> {
  const embedded = await joinEmbeddedPostgres(school.dataDir);
  const owner = new pg.Client({ connectionString: embedded?.ownerUrl });
  await owner.connect();
  await owner.query("update sessions set created_at = now() - interval '1 hour' where user_id = (select id from users where email = $1)", [
    email,
  ]);
  await owner.end();
}

/** Presses the visible button of that name in the page, and waits for what is under it. */
const press = ({ page }: Visitor, name: string) => page.locator('main').getByRole('button', { name, exact: true }).first().click();

describe.each([
  ['with scripts', true, 'ada'],
  ['without scripts', false, 'bea'],
] as const)('two-step sign-in %s', (_, javaScriptEnabled, person) => {
  // axe needs scripts; the pages are the same.
  const expectFit = (visitor: Visitor) => (javaScriptEnabled ? expectAccessible(visitor.page) : undefined);

  test('an app is taught, asked for at the next sign-in, replaced by a recovery code, and switched off', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await signInByPassword(visitor, person, '/settings/two-step');
    await headingIs(visitor, 'Two-step sign-in');
    await expectFit(visitor);
    await press(visitor, 'Set it up');
    await page.getByRole('img', { name: 'Square code for your authenticator app' }).waitFor();
    await expectFit(visitor);
    const secret = await page.locator('.secret').innerText();
    await send(visitor, { code: '000000' });
    await page.locator('#code-error').waitFor();
    await send(visitor, { code: codeShown(secret) });
    await page.getByRole('heading', { name: /Keep these codes/ }).waitFor();
    await expectFit(visitor);
    const recoveryCodes = await page.locator('[role=status] code').allInnerTexts();
    expect(recoveryCodes).toHaveLength(10);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
    const file = readFileSync(await download.path(), 'utf8');
    for (const code of recoveryCodes) expect(file).toContain(code);
    // Shown once.
    await page.goto('/settings/two-step');
    await page.getByText('10 recovery codes are left.').waitFor();
    expect(await page.locator('code').count()).toBe(0);
    await expectFit(visitor);

    await signOut(visitor);
    await signInByPassword(visitor, person, '/settings/two-step');
    await headingIs(visitor, 'One more step');
    expect(new URL(page.url()).searchParams.get('next')).toBe('/settings/two-step');
    await expectFit(visitor);
    // The password alone opens nothing.
    await page.goto('/dashboard');
    await headingIs(visitor, 'Sign in');
    await page.goto('/sign-in/second-step?next=/settings/two-step');
    await send(visitor, { code: '000000' });
    await page.locator('#code-error').waitFor();
    await page.check('[name=remember]');
    await send(visitor, { code: codeShown(secret, 1) });
    await headingIs(visitor, 'Two-step sign-in');
    await page.getByText('This device').waitFor();

    await signOut(visitor);
    await signInByPassword(visitor, person, '/settings/two-step');
    await headingIs(visitor, 'Two-step sign-in');
    await press(visitor, 'Forget all remembered devices');
    await page.getByText('Every device is asked for a code again').waitFor();

    await signOut(visitor);
    await signInByPassword(visitor, person, '/settings/two-step');
    await headingIs(visitor, 'One more step');
    await page.getByRole('link', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').waitFor();
    await expectFit(visitor);
    await send(visitor, { code: recoveryCodes[3]?.toUpperCase() ?? '' });
    await headingIs(visitor, 'Two-step sign-in');
    await page.getByText('9 recovery codes are left.').waitFor();

    await press(visitor, 'Switch it off');
    await page.getByRole('dialog').getByRole('button', { name: 'Switch it off' }).click();
    await page.getByText('Two-step sign-in is off.').waitFor();
    await signOut(visitor);
    await signInByPassword(visitor, person, '/settings/two-step');
    await headingIs(visitor, 'Two-step sign-in');
    await visitor.close();
  });
});

/** A device with a finger on its sensor, as far as the browser can tell. */
interface Device {
  cdp: CDPSession;
  authenticatorId: string;
  /** Whether it answers at once; otherwise it waits for its owner. */
  answers(at: boolean): Promise<void>;
}

async function giveDevice({ context, page }: Visitor): Promise<Device> {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const answers = async (enabled: boolean) => {
    await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  };
  return { cdp, authenticatorId, answers };
}

async function addPasskey(visitor: Visitor, person: keyof typeof people): Promise<Device> {
  const device = await giveDevice(visitor);
  await signInByPassword(visitor, person, '/settings/passkeys');
  await headingIs(visitor, 'Passkeys');
  await expectAccessible(visitor.page);
  await press(visitor, 'Add a passkey');
  await visitor.page.getByText('The passkey is yours.').waitFor();
  await visitor.page.getByText('Chrome on Linux').first().waitFor();
  await expectAccessible(visitor.page);
  return device;
}

describe('passkeys', () => {
  test('one is added, signs in by the field and by the button, is renamed and removed, and then lets nobody in', async () => {
    const visitor = await visit(browser, school.baseUrl);
    const { page } = visitor;
    const device = await addPasskey(visitor, 'cleo');
    await press(visitor, 'Rename Chrome on Linux');
    await page.fill('dialog[open] [name=name]', 'The gray laptop');
    await page.locator('dialog[open]').getByRole('button', { name: 'Rename' }).click();
    await page.getByText('The passkey has its new name.').waitFor();
    await page.getByText('The gray laptop').first().waitFor();

    // The browser offers it in the field for the address, and the device says yes.
    await signOut(visitor);
    await page.goto('/sign-in?next=/settings/passkeys');
    await headingIs(visitor, 'Passkeys');
    await page.getByText(/Last used on/).waitFor();

    await device.answers(false);
    await signOut(visitor);
    const offered = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/passkeys/sign-in/options');
    await page.goto('/sign-in?next=/settings/passkeys');
    // Only then does the field wait, and goes on waiting.
    await (await offered).finished();
    await expectAccessible(page);
    await device.answers(true);
    await press(visitor, 'Use a passkey');
    await headingIs(visitor, 'Passkeys');
    expect(await page.locator('header').first().innerText()).toContain('Cleo');

    await press(visitor, 'Remove The gray laptop');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove passkey' }).click();
    await page.getByText('lets nobody in anymore').waitFor();
    await device.answers(false);
    await signOut(visitor);
    await page.goto('/sign-in');
    await device.answers(true);
    await press(visitor, 'Use a passkey');
    await page.getByText('That passkey did not work here.').waitFor();
    await page.goto('/settings/passkeys');
    await headingIs(visitor, 'Sign in');
    await visitor.close();
  });

  test('a person’s passkey signs in that person only, proves once more who they are, and what it answered serves nobody twice', async () => {
    const [dora, cleo] = [await visit(browser, school.baseUrl), await visit(browser, school.baseUrl)];
    await addPasskey(dora, 'dora');
    await addPasskey(cleo, 'cleo');
    await signOut(dora);
    const used = dora.page.waitForRequest((request) => new URL(request.url()).pathname === '/passkeys/sign-in');
    await dora.page.goto('/sign-in?next=/settings/passkeys');
    const answer = await used;
    await headingIs(dora, 'Passkeys');
    expect(await dora.page.locator('header').first().innerText()).toContain('Dora');

    const headers = { origin: school.baseUrl, 'content-type': 'application/json', cookie: (await answer.headerValue('cookie')) ?? '' };
    expect(headers.cookie).toContain('lyceum.passkey_challenge');
    const again = await fetch(`${school.baseUrl}/passkeys/sign-in`, { method: 'POST', headers, body: answer.postData() });
    expect([again.status, again.headers.getSetCookie()]).toEqual([422, []]);

    await makeOld(addressOf('dora'));
    await dora.page.goto('/settings/passkeys');
    await dora.page.getByRole('link', { name: 'Confirm that it is you first' }).click();
    await headingIs(dora, 'Confirm that it is you');
    await expectAccessible(dora.page);
    await press(dora, 'Confirm with a passkey');
    await dora.page.getByRole('button', { name: 'Add a passkey' }).waitFor();

    await cleo.page.goto('/settings/passkeys');
    expect(await cleo.page.locator('header').first().innerText()).toContain('Cleo');
    await dora.close();
    await cleo.close();
  });

  test('a form or a script of another site cannot speak for a browser', async () => {
    for (const path of ['/passkeys/sign-in', '/passkeys/add', '/passkeys/confirm']) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
        const headers = { origin: 'https://evil.example', ...(type ? { 'content-type': type } : {}) };
        const answer = await fetch(`${school.baseUrl}${path}`, { method: 'POST', headers, body: new Blob(['{"credential":{}}']) });
        expect([401, 403, 422]).toContain(answer.status);
      }
    }
  });
});
