import { rmSync } from 'node:fs';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool, temporaryDataDir } from '../support/school.ts';
import { startServer } from '../support/server.ts';
import { admin, headingIs, mailedLink, send } from '../support/steps.ts';

/** On a database that the test may look into: it makes a sign-in older than it is. */
let server: EmbeddedPostgres;
let owner: pg.Client;
let browser: Browser;
let school: School;
const dataDir = temporaryDataDir();
const password = 'eleven quiet green lamps';

beforeAll(async () => {
  server = await startServer();
  const environment = { DATABASE_URL: server.ownerUrl, HOST: '127.0.0.1' };
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ dataDir, environment })]);
  owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  const people = [
    { email: admin.email, name: 'Ines Okafor', role: 'ADMIN' as const, password: admin.password },
    { email: 'ada@school.test', name: 'Ada Lovelace', password },
    { email: 'bea@school.test', name: 'Beatrix Potter', password },
  ];
  await furnish(school, { people }, environment);
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  await owner?.end();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const press = ({ page }: Visitor, name: string) => page.locator('main').getByRole('button', { name, exact: true }).click();

async function signIn(visitor: Visitor, values: { email: string; password: string }, next: string): Promise<void> {
  await visitor.page.goto(`/sign-in?next=${next}`);
  await send(visitor, values);
  await visitor.page.waitForURL((url) => url.pathname === next);
}

describe.each([
  ['with scripts', true, 'ada'],
  ['without scripts', false, 'bea'],
] as const)('%s', (_, javaScriptEnabled, name) => {
  const email = `${name}@school.test`;
  const newPassword = 'seven slow blue clocks';
  // axe needs scripts; the pages are the same.
  const expectFit = ({ page }: Visitor) => (javaScriptEnabled ? expectAccessible(page) : undefined);

  test('someone takes a username and signs in with it, and by a mailed link that works once', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await signIn(visitor, { email, password }, '/settings/profile');
    await page.fill('main [name=username]', `${name}-Of-Town`);
    await press(visitor, 'Save username');
    await page.getByText('Your username is saved.').first().waitFor();
    await page.goto('/sign-out');
    await send(visitor, {});
    await page.waitForURL((url) => url.pathname === '/');

    await signIn(visitor, { email: `${name.toUpperCase()}-of-town`, password }, '/sign-out');
    await send(visitor, {});
    await page.waitForURL((url) => url.pathname === '/');

    await page.goto('/sign-in?next=/settings/security');
    await page.getByRole('link', { name: 'Mail me a link instead' }).click();
    await headingIs(visitor, 'Sign in by mail');
    await expectFit(visitor);
    await send(visitor, { email });
    await headingIs(visitor, 'Look into your mailbox');
    const link = await mailedLink(browser, school, { to: email, subject: 'Your link to sign in' });
    await page.goto(link);
    await headingIs(visitor, 'Sign in');
    await expectFit(visitor);
    await send(visitor, {});
    await headingIs(visitor, 'Password and sessions');
    await page.goto(link);
    await headingIs(visitor, 'This link does not work anymore');
    await expectFit(visitor);
    await visitor.close();
  });

  test('someone finds a browser that they do not know, signs it out, changes the password, and leaves everywhere', async () => {
    const lost = await visit(browser, school.baseUrl, { javaScriptEnabled });
    await signIn(lost, { email, password }, '/dashboard');
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await signIn(visitor, { email, password }, '/settings/security');
    await page.getByText('This browser').waitFor();
    await page.getByText('This machine or its network').first().waitFor();
    await expectFit(visitor);
    await page
      .getByRole('button', { name: /^Sign out Chrome on Linux/ })
      .first()
      .click();
    await page.getByText('That browser is signed out.').waitFor();
    await lost.page.goto('/dashboard');
    await headingIs(lost, 'Sign in');

    await page.fill('[name=oldPassword]', 'not the password');
    await page.fill('[name=password]', newPassword);
    await press(visitor, 'Change password');
    await page.locator('#oldPassword-error').waitFor();
    await page.fill('[name=oldPassword]', password);
    await page.fill('[name=password]', newPassword);
    await press(visitor, 'Change password');
    await page.getByText('Your password is changed').waitFor();
    await expect.poll(() => page.getByText('This browser').count()).toBe(1);
    await expectFit(visitor);

    await signIn(lost, { email, password: newPassword }, '/dashboard');
    if (javaScriptEnabled) {
      await press(visitor, 'Sign out everywhere');
      await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    } else {
      await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).first().click();
    }
    await page.getByText('You are signed out everywhere.').waitFor();
    await lost.page.goto('/dashboard');
    await headingIs(lost, 'Sign in');
    await lost.close();
    await visitor.close();
  });

  test('before a sensitive change someone signed in long ago proves who they are, and is nowhere but in the school afterwards', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page, context } = visitor;
    await signIn(visitor, { email, password: newPassword }, '/settings/security');
    await owner.query("update sessions set created_at = now() - interval '1 hour'");
    const tokenBefore = (await context.cookies()).find((cookie) => cookie.name === 'lyceum.session_token')?.value;
    await page.goto('/settings/confirm?next=//evil.example/settings');
    await headingIs(visitor, 'Confirm that it is you');
    await expectFit(visitor);
    await send(visitor, { password: 'not the password' });
    await page.locator('#password-error').waitFor();
    await send(visitor, { password: newPassword });
    await page.waitForURL((url) => url.pathname === '/settings/security');
    expect(new URL(page.url()).host).toBe(new URL(school.baseUrl).host);
    const tokenAfter = (await context.cookies()).find((cookie) => cookie.name === 'lyceum.session_token')?.value;
    expect(tokenAfter).not.toBe(tokenBefore);
    await visitor.close();
  });

  test('whoever has no password proves it by a mailed link, and then sets one', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await signIn(visitor, { email, password: newPassword }, '/settings/security');
    await owner.query("update sessions set created_at = now() - interval '1 hour'");
    await owner.query('delete from accounts where user_id = (select id from users where email = $1)', [email]);
    await page.goto('/settings/security');
    await page.getByRole('link', { name: 'Confirm that it is you first' }).click();
    await headingIs(visitor, 'Confirm that it is you');
    await expectFit(visitor);
    await press(visitor, 'Mail me a link');
    await page.getByText(`A mail with a link is on its way to ${email}`).waitFor();
    await page.goto(await mailedLink(browser, school, { to: email, subject: 'Your link to sign in' }));
    await send(visitor, {});
    await headingIs(visitor, 'Password and sessions');
    await page.fill('[name=password]', password);
    await press(visitor, 'Set password');
    await page.getByText('Your password is changed').waitFor();
    await expectFit(visitor);
    await visitor.close();
  });
});

test.each(['light', 'dark'] as const)('the pages of getting in fit a narrow phone, %s', async (colorScheme) => {
  const visitor = await visit(browser, school.baseUrl, { colorScheme, width: 320 });
  for (const path of ['/magic-link', '/magic-link/open?token=none', '/sign-in']) {
    await visitor.page.goto(path);
    await expectAccessible(visitor.page);
  }
  await send(visitor, admin);
  await visitor.page.waitForURL((url) => url.pathname === '/dashboard');
  await visitor.page.goto('/settings/security');
  await expectAccessible(visitor.page);
  const overflow = await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await visitor.close();
});
