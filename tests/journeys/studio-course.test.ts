import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, mailedLink, reloadUntilVisible, send } from '../support/steps.ts';

const course = makeFolder('tea', {
  'course.md': '---\ntitle: Tea\n---\n',
  '01-begin/01-water.md': '---\ntitle: Water\n---\n\nFresh, and just off the boil.\n',
});
const password = 'lakes and nine tin boats';
const studio = '/studio/courses/tea';

let browser: Browser;
let school: School;
let tomas: Visitor;
let sam: Visitor;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  await furnish(school, {
    people: [
      { email: 'tomas@school.test', name: 'Tomas', role: 'INSTRUCTOR', password },
      { email: 'sam@school.test', name: 'Sam', password },
    ],
    courses: [{ path: course.path, by: 'tomas@school.test', publish: false }],
  });
  [tomas, sam] = await Promise.all([visit(browser, school.baseUrl), visit(browser, school.baseUrl)]);
  for (const [visitor, name] of [
    [tomas, 'tomas'],
    [sam, 'sam'],
  ] as const) {
    await visitor.page.goto('/sign-in');
    await send(visitor, { email: `${name}@school.test`, password });
    await visitor.page.waitForURL('**/dashboard');
  }
});
afterAll(async () => {
  course.remove();
  await browser?.close();
  await school?.stop();
});

/** Waits until the studio says that everything is kept. */
const keptBy = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /Saved \d/ })
    .waitFor();

test('what an instructor types is kept by itself, and seen when two type at once', async () => {
  const { page } = tomas;
  await page.goto(`${studio}/details`);
  await headingIs(tomas, 'Details');
  const other = await tomas.context.newPage();
  await other.goto(`${studio}/details`);
  await page.getByLabel('Description', { exact: true }).first().fill('Water first.');
  await keptBy(page);
  await page.getByRole('textbox', { name: 'objective 1' }).fill('Boil water');
  await page.getByRole('textbox', { name: 'objective 1' }).press('Enter');
  await page.getByRole('textbox', { name: 'objective 2' }).fill('Wait');
  await page.getByRole('textbox', { name: 'objective 2' }).press('Alt+ArrowUp');
  await expect
    .poll(async () => {
      const fresh = await tomas.context.newPage();
      await fresh.goto(`${studio}/details`);
      const values = await fresh
        .getByRole('group', { name: 'What one learns' })
        .getByRole('textbox')
        .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
      await fresh.close();
      return values;
    })
    .toEqual(['Wait', 'Boil water', '']);
  await other.getByLabel('Description', { exact: true }).first().fill('Leaves first.');
  await other.getByText('Somebody else changed this while you did').waitFor();
  await other.getByText('Water first.').first().waitFor();
  await other.getByRole('button', { name: 'Keep mine' }).click();
  await keptBy(other);
  await other.reload();
  expect(await other.getByLabel('Description', { exact: true }).first().inputValue()).toBe('Leaves first.');
  await other.close();
});

test('what is typed after a session ended stays, and is kept once one has signed in beside it', async () => {
  const { page, context } = tomas;
  await page.goto(`${studio}/details`);
  await headingIs(tomas, 'Details');
  const cookies = await context.cookies();
  await context.clearCookies();
  const description = page.getByLabel('Description', { exact: true }).first();
  await description.fill('Cups last.');
  await page.getByText('sign in again in another tab').waitFor();
  await context.addCookies(cookies);
  await description.pressSequentially(' And saucers.');
  await keptBy(page);
  await page.reload();
  expect(await description.inputValue()).toBe('Cups last. And saucers.');
});

test('a form that is sent after a session ended keeps what was typed, and goes once one has signed in beside it', async () => {
  const { page, context } = sam;
  await page.goto('/settings/profile');
  const cookies = await context.cookies();
  await context.clearCookies();
  await page.getByLabel('About you').fill('Drinks tea.');
  const save = page.getByRole('button', { name: 'Save profile' });
  await save.click();
  await page.getByText('You were signed out meanwhile.').waitFor();
  await context.addCookies(cookies);
  await save.click();
  await page.getByRole('status').getByText('Your profile is saved.').waitFor();
  await page.reload();
  expect(await page.getByLabel('About you').inputValue()).toBe('Drinks tea.');
});

test('a course with a price is published by its check-list, and its page says what it costs', async () => {
  const { page } = tomas;
  await page.goto(`${studio}/access`);
  await page.getByText('It costs something').click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('no price is set yet').waitFor();
  await page.goto(`${studio}/publish`);
  await page.getByText('It needs a price, or the word that it is free', { exact: true }).waitFor();
  await page
    .getByRole('link', { name: /^Mend it/ })
    .first()
    .click();
  await headingIs(tomas, 'Price and access');
  await page.getByLabel('Price in USD', { exact: true }).fill('49');
  await page.getByRole('button', { name: 'Save price' }).click();
  await page.getByText('$49.00').waitFor();
  await page.getByRole('link', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('The course is in the catalogue.').waitFor();
  await sam.page.goto('/courses/tea');
  await sam.page.getByText('$49.00').waitFor();
  await sam.page.getByRole('button', { name: 'Buy now' }).waitFor();
});

test('a student is let in by hand, learns, and loses access when it is taken away', async () => {
  const { page } = tomas;
  await page.goto(`${studio}/students`);
  await page.getByText('Let somebody in').click();
  await page.getByLabel('E-mail address').fill('sam@school.test');
  await page.getByRole('button', { name: 'Give access' }).click();
  await page.getByText('Sam has access now').waitFor();
  await expectAccessible(page);
  await sam.page.goto(new URL(await mailedLink(browser, school, { to: 'sam@school.test', subject: '“Tea” is open to you' })).pathname);
  await headingIs(sam, 'Water');
  await page.getByRole('link', { name: 'Sam' }).click();
  await headingIs(tomas, 'Sam');
  await page.getByText('Take it away').click();
  await page.getByLabel('Reason').fill('Left the class');
  await page.getByRole('button', { name: 'Take access away' }).click();
  await page.getByText('Left the class').waitFor();
  await sam.page.goto('/learn/tea/water');
  await reloadUntilVisible(sam.page, sam.page.getByText('Your access to this course ended').first());
});

test('somebody is asked to teach together, and says yes', async () => {
  const { page } = tomas;
  await page.goto(`${studio}/team`);
  await page.getByLabel('Username or e-mail address').fill('sam@school.test');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByText('The invitation is on its way').waitFor();
  await sam.page.goto(new URL(await mailedLink(browser, school, { to: 'sam@school.test', subject: 'Teach “Tea” together?' })).pathname);
  await headingIs(sam, 'Teach together?');
  await expectAccessible(sam.page);
  await sam.page.getByRole('button', { name: 'Yes, join the team' }).click();
  await headingIs(sam, 'Team');
  await tomas.close();
  await sam.close();
});
