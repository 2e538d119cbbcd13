import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

const course = makeFolder('bells', {
  'course.md': '---\ntitle: Ringing bells\n---\n\nThey ring.\n',
  '01-ropes/01-hold.md': '---\ntitle: How to hold a rope\n---\n\nLightly.\n',
  '02-changes/01-rounds.md': '---\ntitle: Rounds\n---\n\nOne after the other.\n',
});
const password = 'eleven quiet green lamps';
const studio = '/studio/courses/ringing-bells';

let browser: Browser;
let school: School;
/** Where the introduction is read. */
let classroom = '';

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  await furnish(school, {
    people: [
      { email: 'ada@school.test', name: 'Ada Treble', role: 'INSTRUCTOR', password },
      { email: 'sam@school.test', name: 'Sam Tenor', password },
    ],
    courses: [{ path: course.path, by: 'ada@school.test' }],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

async function enter(email: string, at: string, javaScriptEnabled = true): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
  await visitor.page.goto(`/sign-in?next=${at}`);
  await send(visitor, { email, password });
  return visitor;
}

test('an instructor writes an introduction to a chapter, and gives it a film', async () => {
  const ada = await enter('ada@school.test', studio);
  const { page } = ada;
  const chapter = page.locator('[data-chapter]', { hasText: 'Rounds' });
  await chapter.locator('.head summary').click();
  await chapter.getByRole('link', { name: 'Introduction' }).click();
  await headingIs(ada, 'Changes');
  await page.getByRole('textbox', { name: 'Text of Changes' }).click();
  await page.keyboard.type('What changes, and what never does.');
  await page
    .getByRole('status')
    .filter({ hasText: /^\s*Saved/ })
    .waitFor();
  await expectAccessible(page);
  await page.getByText('Or show one from YouTube or Vimeo').click();
  await page.getByLabel('Address').fill('https://youtu.be/dQw4w9WgXcQ');
  await page.getByLabel('Length').fill('2:30');
  await page.getByRole('button', { name: 'Show this film' }).click();
  await page.getByRole('button', { name: 'Remove the film', exact: true }).first().waitFor();

  await page.getByRole('link', { name: 'Open the introduction' }).click();
  await page.waitForURL('**/learn/ringing-bells/chapters/*');
  await headingIs(ada, 'Changes');
  await page.getByText('What changes, and what never does.').waitFor();
  classroom = new URL(page.url()).pathname;
  await page.goto(studio);
  await chapter.getByRole('link', { name: 'Introduction', exact: true }).first().waitFor();
  await ada.close();
});

test('without scripts the introduction is a plain form of Markdown', async () => {
  const ada = await enter('ada@school.test', classroom.replace('/learn', '/studio/courses'), false);
  const box = ada.page.getByLabel('Text, in Markdown');
  expect((await box.inputValue()).trim()).toBe('What changes, and what never does.');
  await box.fill('What *changes*, and what never does.');
  await ada.page.getByRole('button', { name: 'Save the text' }).click();
  await ada.page.getByRole('link', { name: 'Open the introduction' }).click();
  await ada.page.locator('.prose em', { hasText: 'changes' }).waitFor();
  await ada.close();
});

test('who has no access is told why, and reads and sees nothing of it', async () => {
  const guest = await visit(browser, school.baseUrl);
  await guest.page.goto(classroom);
  await headingIs(guest, 'This introduction is locked');
  expect(await guest.page.content()).not.toMatch(/never does|dQw4w9WgXcQ/);
  await expectAccessible(guest.page);
  await guest.close();
});

test.each([true, false])('a student reads it on the way from one lesson to the next (scripts: %s)', async (scripts) => {
  const sam = await enter('sam@school.test', '/courses/ringing-bells', scripts);
  const { page } = sam;
  if (scripts) await page.getByRole('button', { name: 'Enroll' }).first().click();
  else await page.goto('/learn/ringing-bells/how-to-hold-a-rope');
  await headingIs(sam, 'How to hold a rope');
  await page.locator('main').getByRole('link', { name: 'Introduction: Changes' }).click();
  await headingIs(sam, 'Changes');
  await page.getByText('and what never does.').waitFor();
  expect(await page.locator('#classroom-outline [aria-current=page]').textContent()).toContain('Introduction');
  if (scripts) {
    await page
      .getByText(/YouTube/)
      .first()
      .waitFor();
    await expectAccessible(page);
  }
  await page.locator('main').getByRole('link', { name: 'Rounds' }).click();
  await headingIs(sam, 'Rounds');
  await sam.close();
});
