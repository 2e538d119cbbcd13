import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, visit } from '../support/browser.ts';
import { type School, startSchool } from '../support/school.ts';
import { admin, headingIs, mailedLink, send } from '../support/steps.ts';

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('%s', (_, javaScriptEnabled) => {
  // axe needs scripts; the pages are the same.
  const expectFit = (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined);
  const email = javaScriptEnabled ? 'ada@school.test' : 'bea@school.test';
  const password = 'eleven quiet green lamps';
  const newPassword = 'seven slow blue clocks';

  test('someone signs up, confirms the address by the mailed link, signs out, forgets the password and gets in again', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;

    await page.goto('/sign-up?next=/sign-out');
    await expectFit(page);
    await send(visitor, { name: 'Ada <b>Lovelace</b>', email: 'nobody', password: 'short' });
    await page.locator('#email-error').waitFor();
    expect(await page.locator('.control-error').count()).toBe(2);
    expect(await page.inputValue('[name=name]')).toBe('Ada <b>Lovelace</b>');
    await send(visitor, { email, password });
    await headingIs(visitor, 'Look into your mailbox');

    await page.goto('/sign-in');
    await send(visitor, { email, password });
    await headingIs(visitor, 'One step is left');

    await page.goto(await mailedLink(browser, school, { to: email, subject: 'Confirm your e-mail address' }));
    await headingIs(visitor, 'Confirm your address');
    await expectFit(page);
    await send(visitor, {});
    // Where they were heading when they signed up.
    await headingIs(visitor, 'Sign out');
    expect((await visitor.context.cookies()).find((cookie) => cookie.name === 'lyceum.session_token')).toMatchObject({
      httpOnly: true,
      sameSite: 'Lax',
    });
    await send(visitor, {});
    await page.waitForURL((url) => url.pathname === '/');
    expect((await visitor.context.cookies()).map((cookie) => cookie.name)).not.toContain('lyceum.session_token');

    await page.goto('/forgot-password');
    await expectFit(page);
    await send(visitor, { email });
    await headingIs(visitor, 'Look into your mailbox');
    const resetLink = await mailedLink(browser, school, { to: email, subject: 'Choose a new password' });
    await page.goto(resetLink);
    await expectFit(page);
    await send(visitor, { password: 'password1234' });
    await page.locator('#password-error').waitFor();
    await send(visitor, { password: newPassword });
    await headingIs(visitor, 'Sign in');
    await expectFit(page);
    await send(visitor, { email, password });
    await page.getByRole('alert').waitFor();
    await send(visitor, { email, password: newPassword });
    await page.waitForURL((url) => url.pathname === '/dashboard');

    await page.goto(resetLink);
    await headingIs(visitor, 'This link does not work anymore');
    await visitor.close();
  });

  test('nobody is led out of the school after signing in', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    await visitor.page.goto('/sign-in?next=//evil.example/dashboard');
    await send(visitor, admin);
    await visitor.page.waitForURL((url) => url.pathname === '/dashboard');
    expect(new URL(visitor.page.url()).host).toBe(new URL(school.baseUrl).host);
    await visitor.close();
  });
});

test('the mailbox is for admins: a guest is asked to sign in', async () => {
  const visitor = await visit(browser, school.baseUrl);
  await visitor.page.goto('/admin/mail');
  await headingIs(visitor, 'Sign in');
  expect(new URL(visitor.page.url()).searchParams.get('next')).toBe('/admin/mail');
  await visitor.close();
});
