import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLogins } from '../../src/seed/demo-school.ts';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

let browser: Browser;
let school: School;
beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool()]);
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

const cards = ({ page }: Visitor) => page.getByRole('main').locator('article');
const search = ({ page }: Visitor) => new URL(page.url()).searchParams;

test('a list answers as one types, keeps the focus, and is one step of the way back', async () => {
  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  await page.goto('/');
  await page.getByRole('link', { name: 'Browse the courses' }).click();
  await headingIs(visitor, 'Courses');
  const box = page.getByRole('searchbox');
  await box.pressSequentially('typesc', { delay: 40 });
  await expect.poll(() => cards(visitor).count()).toBe(1);
  await expect.poll(() => search(visitor).get('q')).toBe('typesc');
  expect([...search(visitor).keys()]).toEqual(['q']);
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await box.inputValue()).toBe('typesc');
  await box.fill('typscirpt');
  await expect.poll(() => search(visitor).get('q')).toBe('typscirpt');
  await page.getByRole('link', { name: 'TypeScript from first principles' }).waitFor();
  await expectAccessible(page);
  await page.goBack();
  await page.waitForURL((url) => url.pathname === '/');
  await visitor.close();
});

test('choices narrow the list down, stand in the address, and are taken back one by one', async () => {
  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  await page.goto('/courses');
  const all = await cards(visitor).count();
  const option = page.getByRole('checkbox', { name: /^Beginner \(\d+ courses?\)$/ });
  const count = Number(/\d+/.exec(await page.locator('label', { has: page.getByText('Beginner') }).innerText())?.[0]);
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(all);
  await option.check();
  await expect.poll(() => cards(visitor).count()).toBe(count);
  expect(page.url()).toMatch(/\/courses\?level=beginner$/);
  await page.getByLabel('Sort by').selectOption('rating');
  await expect.poll(() => search(visitor).get('sort')).toBe('rating');
  await page.getByRole('link', { name: 'Remove Beginner' }).click();
  await expect.poll(() => cards(visitor).count()).toBe(all);
  await expect.poll(() => option.isChecked()).toBe(false);
  await page.goBack();
  await expect.poll(() => option.isChecked()).toBe(true);
  await visitor.close();
});

test('what is chosen and typed before the scripts have come is kept, and sent when they come', async () => {
  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  const scripts = Promise.withResolvers<void>();
  await page.route('**/*.js', async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto('/courses', { waitUntil: 'commit' });
  await page.getByRole('checkbox', { name: /^Beginner/ }).check();
  await page.getByRole('radio', { name: /^Programming/ }).check();
  await page.getByRole('searchbox').fill('types');
  scripts.resolve();
  await page.waitForURL((url) => url.searchParams.size === 3);
  expect(Object.fromEntries(search(visitor))).toEqual({ q: 'types', category: 'programming', level: 'beginner' });
  await expect.poll(() => cards(visitor).count()).toBe(1);
  await expect.poll(() => page.getByRole('checkbox', { name: /^Beginner/ }).isChecked()).toBe(true);
  await expect.poll(() => page.getByRole('radio', { name: /^Programming/ }).isChecked()).toBe(true);
  expect(await page.getByRole('radio', { name: 'All fields' }).isChecked()).toBe(false);
  await visitor.close();
});

test('on a phone the choices are in a sheet', async () => {
  const visitor = await visit(browser, school.baseUrl, { width: 390 });
  const { page } = visitor;
  await page.goto('/courses');
  const option = page.getByRole('checkbox', { name: /^Beginner/ });
  expect(await option.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Filters' }).click();
  await expectAccessible(page);
  await option.check();
  await page.getByRole('button', { name: /^Show \d+ courses?$/ }).click();
  await page.getByRole('link', { name: 'Remove Beginner' }).waitFor();
  await expect.poll(() => option.isVisible()).toBe(false);
  await visitor.close();
});

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('%s', (_, javaScriptEnabled) => {
  test('a visitor searches, chooses, finds nothing and is helped, and looks around by field and by who teaches', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await page.goto('/courses');
    await page.getByRole('searchbox').fill('typescript');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.waitForURL('**/courses?q=typescript*');
    await page.getByRole('link', { name: 'TypeScript from first principles' }).waitFor();
    await page.goto('/courses?q=typescript&level=expert&free=1');
    await page.getByRole('heading', { name: 'Nothing fits all of that' }).waitFor();
    await page.getByRole('link', { name: 'Show all courses' }).click();
    await page.waitForURL('**/courses');
    await page.getByRole('link', { name: 'TypeScript from first principles' }).click();
    await headingIs(visitor, 'TypeScript from first principles');
    const field = page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').last();
    const name = (await field.innerText()).trim();
    await field.click();
    await headingIs(visitor, name);
    if (javaScriptEnabled) await expectAccessible(page);
    await page.getByRole('link', { name: 'TypeScript from first principles' }).waitFor();
    await visitor.close();
  });
});

test('who teaches chooses a username, and visitors find their page from a course', async () => {
  const teacher = await visit(browser, school.baseUrl);
  await teacher.page.goto('/sign-in');
  await send(teacher, { email: 'instructor@demo.school', password: demoLogins[0]?.password ?? '' });
  await teacher.page.waitForURL('**/dashboard');
  await teacher.page.goto('/settings/profile');
  await teacher.page.getByRole('textbox', { name: 'Username' }).fill('Tomas-Teaches');
  await teacher.page.getByRole('button', { name: 'Save username' }).click();
  await teacher.page.getByText('Your username is saved.').first().waitFor();
  await teacher.close();

  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  await page.goto('/courses/typescript-from-first-principles');
  await page.getByRole('main').getByRole('link', { name: 'Tomas Lindqvist' }).first().click();
  await headingIs(visitor, 'Tomas Lindqvist');
  expect(new URL(page.url()).pathname.toLowerCase()).toBe('/instructors/tomas-teaches');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'TypeScript from first principles' }).waitFor();
  await visitor.close();
});
