import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';
import { zip } from '../support/zip.ts';
import { look } from './looks/walk.ts';

const ina = { email: 'ina@school.test', password: 'eleven quiet green lamps' };
const package_ = makeFolder('packages', {
  'sailing.zip': zip([
    { name: 'course.md', content: '---\ntitle: Sailing\n---\n\nLearn to *sail*.\n' },
    { name: '01-start/01-words.md', content: '# Words on board\n\n<b>Bow</b> and stern. ![A boat](boat.png)\n' },
    { name: '01-start/02-knots.md', content: '# Knots that hold\n\nA bowline.\n' },
    { name: 'notes.txt', content: 'Nobody names me.' },
  ]),
});

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  await furnish(school, { people: [{ ...ina, name: 'Ina Berg', role: 'INSTRUCTOR' }] });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  package_.remove();
});

test('an instructor imports a zip, reads what became of each part, opens the course and undoes it', async () => {
  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  await page.goto('/sign-in?next=/studio/imports');
  await send(visitor, ina);
  await headingIs(visitor, 'Imports');
  await page.getByRole('link', { name: 'Import a course' }).click();
  await headingIs(visitor, 'Import a course');
  const go = page.getByRole('button', { name: 'Import', exact: true });
  await page.setInputFiles('input[type=file]', `${package_.path}/sailing.zip`);
  await expect.poll(() => go.isEnabled()).toBe(true);
  await go.click();

  // The page tells by itself when the work is done.
  await headingIs(visitor, 'Sailing');
  await page.getByText('A new course, a draft: 1 chapter, 2 lessons.').waitFor();
  await page.getByText('Left out').click();
  await page.getByText('no text names it').waitFor();
  await page.getByText('the picture boat.png is missing').waitFor();
  await look(page);
  const report = page.url();
  await page.getByRole('link', { name: 'Open the course' }).click();
  await page.waitForURL('/studio/courses/sailing');
  await page.getByText('Words on board').first().waitFor();

  await page.goto(report);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Undo the import' }).click();
  await page.getByText('The course that this import made is deleted').waitFor();
  expect((await page.request.get('/courses/sailing')).status()).toBe(404);
  await page.goto('/studio/imports');
  await page.getByText('Undone').waitFor();
  await visitor.close();
});
