import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, mailedLink, reloadUntilVisible, send } from '../support/steps.ts';
import { unzip } from '../support/unzip.ts';

let browser: Browser;
let school: School;

const password = 'eleven quiet green lamps';

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  await furnish(school, {
    people: [
      { email: 'ada-true@school.test', name: 'Ada Lovelace', password },
      { email: 'ada-false@school.test', name: 'Ada Lovelace', password },
      { email: 'grace@school.test', name: 'Grace Hopper', password },
      { email: 'mary@school.test', name: 'Mary Somerville', password },
      { email: 'charles@school.test', name: 'Charles Babbage', password },
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

/** Someone who signed in a moment ago. */
async function someone(email: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, options);
  await signIn(visitor, email);
  return visitor;
}

async function signIn(visitor: Visitor, email: string): Promise<void> {
  await visitor.page.goto('/sign-in?next=/settings/privacy');
  await send(visitor, { email, password });
  await headingIs(visitor, 'Privacy');
}

const press = ({ page }: Visitor, name: string) => page.getByRole('button', { name }).click();

test.each([true, false])('an address is changed once both have confirmed; with scripts: %s', async (javaScriptEnabled) => {
  const [email, newEmail] = [`ada-${javaScriptEnabled}@school.test`, `countess-${javaScriptEnabled}@school.test`];
  const visitor = await someone(email, { javaScriptEnabled });
  const { page } = visitor;
  await page.goto('/settings/email');
  await page.fill('[name=email]', newEmail);
  await press(visitor, 'Mail both addresses');
  await page.getByText('Waiting for confirmation').waitFor();
  if (javaScriptEnabled) await expectAccessible(page);

  await page.goto(await mailedLink(browser, school, { to: email, subject: 'Allow a new e-mail address?' }));
  await headingIs(visitor, 'Allow the new address?');
  if (javaScriptEnabled) await expectAccessible(page);
  await press(visitor, 'Allow it');
  await headingIs(visitor, 'One step is left');
  await page.goto('/settings/email');
  await page.getByText('Confirmed', { exact: true }).waitFor();

  // The other mail is opened in another browser, where nobody is signed in.
  const elsewhere = await visit(browser, school.baseUrl, { javaScriptEnabled });
  await elsewhere.page.goto(await mailedLink(browser, school, { to: newEmail, subject: 'Confirm your new e-mail address' }));
  await press(elsewhere, 'Confirm my new address');
  await headingIs(elsewhere, 'Your address is changed');
  await elsewhere.close();

  await page.reload();
  await page.getByText(`You sign in with ${newEmail}`).waitFor();
  await visitor.close();
  const again = await visit(browser, school.baseUrl);
  await signIn(again, newEmail);
  await again.close();
});

test('a key is shown once, answers for its owner at the API alone, and is dead once revoked', async () => {
  const visitor = await someone('grace@school.test');
  const { page } = visitor;
  await page.goto('/settings/api-keys');
  await expectAccessible(page);
  await press(visitor, 'Make the key');
  await page.locator('#name-error').waitFor();
  await page.fill('[name=name]', 'Reports');
  await page.getByLabel('Read your e-mail address').check();
  await press(visitor, 'Make the key');
  await page.getByText('You will not see it again.').waitFor();
  const key = await page
    .locator('code')
    .filter({ hasText: /^lyc_.{43}$/ })
    .innerText();
  await expectAccessible(page);
  const bearing = { headers: { authorization: `Bearer ${key}` } };

  const answer = await fetch(`${school.baseUrl}/api/v1/me`, bearing);
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(await answer.json()).toMatchObject({ name: 'Grace Hopper', email: 'grace@school.test', role: 'STUDENT', username: null });
  const strangers: Record<string, string>[] = [{}, { authorization: 'Bearer lyc_x' }, { cookie: await cookiesOf(visitor) }];
  for (const headers of strangers) {
    const refusal = await fetch(`${school.baseUrl}/api/v1/me`, { headers });
    expect(refusal.status).toBe(401);
    expect(refusal.headers.get('content-type')).toBe('application/problem+json');
    expect(refusal.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refusal.json()).toMatchObject({ title: 'Unauthorized', status: 401, detail: expect.stringContaining('API key') });
  }
  const settings = await fetch(`${school.baseUrl}/settings/api-keys`, { ...bearing, redirect: 'manual' });
  expect([settings.status, settings.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fsettings%2Fapi-keys']);

  await page.getByRole('link', { name: 'I have kept it' }).click();
  await page.getByText('You will not see it again.').waitFor({ state: 'detached' });
  await page.reload();
  expect(await page.content()).not.toContain(key);
  await page.getByText(/Last used/).waitFor();
  await press(visitor, 'Revoke Reports');
  await press(visitor, 'Revoke key');
  await page.getByText('The key is revoked.').waitFor();
  expect((await fetch(`${school.baseUrl}/api/v1/me`, bearing)).status).toBe(401);
  await visitor.close();
});

test('somebody fetches everything the school keeps of them, and closes their account', async () => {
  const visitor = await someone('mary@school.test');
  const { page } = visitor;
  await expectAccessible(page);
  await press(visitor, 'Ask for your data');
  await page.getByText('Your archive is being made').waitFor();
  const link = page.getByRole('link', { name: 'Download' });
  await reloadUntilVisible(page, link);
  await expectAccessible(page);
  const address = (await link.getAttribute('href')) ?? '';
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^lyceum-data-\d{4}-\d\d-\d\d\.zip$/);
  const files = await unzip(readFileSync(await download.path()));
  expect(files.get('README.txt')?.toString()).toContain('Mary Somerville');
  expect(JSON.parse(files.get('accounts/users.json')?.toString() ?? '')).toMatchObject([{ email: 'mary@school.test' }]);

  const stranger = await someone('charles@school.test');
  expect((await stranger.context.request.get(address)).status()).toBe(404);
  await stranger.close();

  await page.goto('/settings/privacy/close');
  await expectAccessible(page);
  await page.fill('[name=email]', 'else@school.test');
  await press(visitor, 'Close my account for good');
  await page.locator('#email-error').waitFor();
  await page.fill('[name=email]', 'mary@school.test');
  await press(visitor, 'Close my account for good');
  await headingIs(visitor, 'Your account is closed');
  await expectAccessible(page);
  await page.goto(address);
  await headingIs(visitor, 'Sign in');
  await send(visitor, { email: 'mary@school.test', password });
  await page.getByText(/password is not right/).waitFor();
  await visitor.close();
});

async function cookiesOf({ context }: Visitor): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}
