import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { admin, headingIs, send } from '../support/steps.ts';

const course = makeFolder('knots', {
  'course.md': '---\ntitle: Knots that hold\n---\n\nThey hold.\n',
  '01-begin/01-read.md': '---\ntitle: The bowline\n---\n\nAround the tree.\n',
});
const password = 'eleven quiet green lamps';

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  await furnish(school, {
    people: [{ email: 'sam@school.test', name: 'Sam Rivers', password }],
    courses: [{ path: course.path, by: admin.email }],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

async function signIn(javaScriptEnabled: boolean): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
  await visitor.page.goto('/sign-in');
  await send(visitor, { email: 'sam@school.test', password });
  await visitor.page.waitForURL('**/dashboard');
  return visitor;
}

/** Writes a goal into the form of the dashboard and sends it. */
async function setGoal({ page }: Visitor, summary: string, minutes: string): Promise<void> {
  await page.getByText(summary, { exact: true }).click();
  await page.getByLabel('Minutes a week').fill(minutes);
  await page.getByRole('button', { name: 'Save the goal' }).click();
}

test('a learner sets the goal of their week on the dashboard, with scripts and without', async () => {
  const plain = await signIn(false);
  await headingIs(plain, 'Welcome, Sam Rivers');
  await plain.page.getByText('Your dashboard fills itself').waitFor();
  await plain.page.goto('/courses/knots-that-hold');
  await plain.page.getByRole('button', { name: 'Enroll' }).click();
  await headingIs(plain, 'The bowline');
  await plain.page.goto('/dashboard');
  await setGoal(plain, 'Set a weekly goal', '99999');
  await plain.page.getByText('A week has between 1 and 10080 minutes.').first().waitFor();
  await plain.page.getByLabel('Minutes a week').fill('90');
  await plain.page.getByRole('button', { name: 'Save the goal' }).click();
  await plain.page.getByText('0 of 90 min').waitFor();
  await plain.close();

  const visitor = await signIn(true);
  await setGoal(visitor, 'Change the goal', '140');
  await visitor.page.getByText('0 of 140 min').waitFor();
  await visitor.page.getByText('The dashed line is 20 min a day').waitFor();
  await expectAccessible(visitor.page);
  await visitor.close();
});

test('who follows a link before a form is answered stays where they went, and only reads anew', async () => {
  const visitor = await signIn(true);
  const { page } = visitor;
  await page.goto('/settings/learning');
  const answer = Promise.withResolvers<void>();
  await page.route(/settings\/learning\?\//, (route) => answer.promise.then(() => route.continue()));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Calendar' }).click();
  await page.getByRole('button', { name: 'Make an address' }).waitFor();
  const read = page.waitForResponse((response) => response.url().includes('__data.json'));
  answer.resolve();
  expect((await read).url()).toContain('/settings/calendar/');
  await page.getByRole('button', { name: 'Make an address' }).waitFor();
  await visitor.close();
});

test('a learner gives their calendar an address, which a program reads without signing in until it is taken away', async () => {
  const visitor = await signIn(true);
  await visitor.page.goto('/settings/calendar');
  await visitor.page.getByRole('button', { name: 'Make an address' }).click();
  const address = (await visitor.page.locator('code').textContent()) ?? '';
  await expectAccessible(visitor.page);
  const first = await fetch(address);
  expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(first.headers.get('cache-control')).toContain('private');
  expect(first.headers.get('x-robots-tag')).toBe('noindex');
  const again = await fetch(address, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  await visitor.page.getByRole('button', { name: 'Remove the address' }).click();
  await visitor.page.getByText('The address is removed.').waitFor();
  expect((await fetch(address)).status).toBe(404);
  await visitor.close();
});
