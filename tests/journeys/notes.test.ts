import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { admin, headingIs, send } from '../support/steps.ts';

const course = makeFolder('ropes', {
  'course.md': '---\ntitle: Ropes in motion\n---\n\nThey move.\n',
  '01-begin/01-watch.md': '---\ntitle: A rope in motion\nvideo: square.webm\n---\n\nWatch how it moves.\n',
  '01-begin/square.webm': readFileSync('tests/fixtures/square.webm'),
  '01-begin/02-read.md': '---\ntitle: What it did\n---\n\nIt moved.\n',
});
const password = 'eleven quiet green lamps';

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  const learners = ['sam@school.test', 'kim@school.test'];
  await furnish(school, {
    people: learners.map((email) => ({ email, name: 'Sam Rivers', password })),
    courses: [{ path: course.path, by: admin.email }],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

/** Somebody who has just enrolled, in the first lesson of the course. */
async function learner(email: string, javaScriptEnabled: boolean): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
  await visitor.page.goto('/sign-in?next=/courses/ropes-in-motion');
  await send(visitor, { email, password });
  await headingIs(visitor, 'Ropes in motion');
  await visitor.page.getByRole('button', { name: 'Enroll' }).click();
  await headingIs(visitor, 'A rope in motion');
  return visitor;
}

test('a learner takes notes in a film, finds them again by moment and by word, and takes them along', async () => {
  const visitor = await learner('sam@school.test', true);
  const { page } = visitor;
  const film = page.locator('video');
  await film.evaluate((video: HTMLVideoElement) => {
    video.currentTime = 1;
  });
  await film.press('n');
  await expect.poll(() => page.getByLabel('Minute and second').first().inputValue()).toBe('0:01');
  await page.keyboard.type('The **square** turns');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.locator('.one-note strong', { hasText: 'square' }).waitFor();
  await expectAccessible(page);

  await film.evaluate((video: HTMLVideoElement) => {
    video.currentTime = 0;
  });
  await page.getByRole('link', { name: 'Play the film at 0:01' }).click();
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThanOrEqual(1);

  await page.getByText('Change', { exact: true }).click();
  const editor = page.locator('.one-note details[open]');
  await editor.getByLabel('Your note').fill('The square turns twice');
  await editor.getByLabel('Minute and second').fill('soon');
  await editor.getByRole('button', { name: 'Save' }).click();
  await editor.getByText('Write it as minutes and seconds').first().waitFor();
  await expectAccessible(page);
  await editor.getByLabel('Minute and second').fill('0:01');
  await editor.getByRole('button', { name: 'Save' }).click();
  await page.locator('.one-note .note-text', { hasText: 'turns twice' }).waitFor();
  await expect.poll(() => page.locator('.one-note details[open]').count()).toBe(0);

  await page.getByRole('link', { name: /^Next: / }).click();
  await headingIs(visitor, 'What it did');
  await page.getByLabel('Write down what you want to keep').fill('It moved indeed');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.locator('.one-note').waitFor();

  await page.goto('/notes');
  await headingIs(visitor, 'Your notes');
  expect(await page.locator('.one-note').count()).toBe(2);
  await expectAccessible(page);
  await page.getByRole('searchbox').fill('twice');
  await expect.poll(() => page.locator('.one-note').count()).toBe(1);
  expect(page.url()).toContain('search=twice');
  await page.getByRole('link', { name: 'Play the film at 0:01' }).click();
  await headingIs(visitor, 'A rope in motion');
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThanOrEqual(1);
  await page.goBack();
  await headingIs(visitor, 'Your notes');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save all as Markdown' }).click()]);
  expect(file.suggestedFilename()).toMatch(/^notes-\d{4}-\d\d-\d\d\.md$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain('## Ropes in motion');
  expect(text).toContain('**0:01**');

  await page.getByRole('button', { name: 'Delete' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete note' }).click();
  await page.getByText('No note says that').waitFor();
  await visitor.close();
});

test('all of it works without scripts', async () => {
  const visitor = await learner('kim@school.test', false);
  const { page } = visitor;
  await page.getByLabel('Write down what you want to keep').fill('The square turns');
  await page.getByLabel('Minute and second').first().fill('soon');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByText('Write it as minutes and seconds').first().waitFor();
  expect(await page.getByLabel('Write down what you want to keep').inputValue()).toBe('The square turns');
  await page.getByLabel('Minute and second').first().fill('0:01');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.locator('.one-note', { hasText: 'The square turns' }).waitFor();
  expect(await page.getByRole('link', { name: 'Play the film at 0:01' }).getAttribute('href')).toMatch(/\?t=1$/);
  await page.getByText('Change', { exact: true }).click();
  await page.locator('.one-note details[open]').getByLabel('Your note').fill('It turns twice');
  await page.locator('.one-note details[open]').getByRole('button', { name: 'Save' }).click();
  await page.locator('.one-note .note-text', { hasText: 'It turns twice' }).waitFor();
  await page.goto('/notes');
  await page.getByRole('searchbox').fill('twice');
  await page.getByRole('button', { name: 'Search' }).click();
  expect(await page.locator('.one-note').count()).toBe(1);
  await page.getByRole('button', { name: 'Delete' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete note' }).click();
  await page.getByText('No note says that').waitFor();
  await visitor.close();
});
