import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

const course = makeFolder('knots', {
  'course.md': '---\ntitle: Knots that hold\n---\n\nThey hold.\n',
  '01-begin/01-first.md': '---\ntitle: The first knot\n---\n\nTie it *slowly*.\n\n::: details Why\nIt holds better.\n:::\n',
  '01-begin/02-second.md': '---\ntitle: The second knot\n---\n\nIt began here.\n',
  '01-begin/03-third.md': '---\ntitle: The third knot\n---\n\nPlain.\n',
});
const password = 'eleven quiet green lamps';
const lesson = (slug: string) => `/studio/courses/knots-that-hold/lessons/${slug}`;

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  await furnish(school, {
    people: [
      { email: 'ada@school.test', name: 'Ada Splice', role: 'INSTRUCTOR', password },
      { email: 'ben@school.test', name: 'Ben Bight', role: 'ADMIN', password },
    ],
    courses: [{ path: course.path, by: 'ada@school.test' }],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

async function writer(email: string, slug: string, javaScriptEnabled = true): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
  await visitor.page.goto(`/sign-in?next=${lesson(slug)}`);
  await send(visitor, { email, password });
  return visitor;
}

const textOf = (page: Page) => page.getByRole('textbox', { name: /^Text of / });
const isSaved = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /^\s*Saved/ })
    .waitFor();

async function atTheEnd(page: Page): Promise<void> {
  await textOf(page).click();
  await settled(page);
  await page.keyboard.press('Control+End');
  await settled(page);
}

/**
 * The editor takes up where the cursor is a moment after it got the focus; nobody types as fast as a program. By the page's own clock: however
 * slow it is, what was due before has been done.
 */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
}

test('an instructor writes with headings, code and a formula, and a student reads it', async () => {
  const visitor = await writer('ada@school.test', 'the-first-knot');
  const { page } = visitor;
  await textOf(page).getByText('It holds better.').waitFor();
  await atTheEnd(page);
  await page.keyboard.type('## How strong');
  await page.keyboard.press('Enter');
  await page.keyboard.type('A knot keeps so much: ');
  await page.getByText('Insert', { exact: true }).click();
  await page.getByRole('button', { name: /^Formula in the line/ }).click();
  await page.getByLabel('Formula, in TeX').pressSequentially('\\frac{a}{b}');
  await textOf(page).locator('math mfrac').waitFor();
  await page.keyboard.press('Escape');
  await settled(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.type('```js ');
  await page.keyboard.type('const strength = 0.8;');
  await isSaved(page);
  await expectAccessible(page);

  await page.reload();
  await textOf(page).locator('h2', { hasText: 'How strong' }).waitFor();
  await textOf(page).locator('pre .tok-keyword', { hasText: 'const' }).waitFor();
  await page.getByRole('button', { name: 'Edit the Markdown' }).click();
  expect(await page.getByLabel(/^Markdown of /).inputValue()).toBe(
    'Tie it *slowly*.\n\n::: details Why\nIt holds better.\n:::\n\n## How strong\n\nA knot keeps so much: $\\frac{a}{b}$\n\n```js\nconst strength = 0.8;\n```\n',
  );
  await page.getByRole('link', { name: 'Open the lesson' }).click();
  await headingIs(visitor, 'The first knot');
  await page.locator('.prose math mfrac').waitFor();
  await page.locator('.prose pre .tok-keyword', { hasText: 'const' }).waitFor();

  await page.goto(`${lesson('the-first-knot')}/versions`);
  await page.getByText('By an import, or before versions were kept').waitFor();
  await page.locator('ol li a').last().click();
  await page.getByRole('button', { name: 'Put this version back' }).click();
  await textOf(page).getByText('It holds better.').waitFor();
  expect(await textOf(page).locator('h2').count()).toBe(0);
});

test('tables are pasted, pictures uploaded and named, and lessons linked to', async () => {
  const { page } = await writer('ada@school.test', 'the-third-knot');
  await textOf(page).getByText('Plain.').waitFor();
  await atTheEnd(page);
  await page.keyboard.press('Enter');
  await textOf(page).evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '| Knot | Keeps |\n|---|--:|\n| Bowline | 70 % |');
    text.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await textOf(page).getByRole('cell', { name: 'Bowline' }).click();
  await page.getByRole('button', { name: 'Row below' }).click();
  await textOf(page).locator('tr').nth(2).locator('td').first().click();
  await settled(page);
  await page.keyboard.type('Clove hitch');
  await atTheEnd(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('See ');
  await page.keyboard.press('Control+k');
  await page.getByLabel('Or a lesson of this course').selectOption({ label: 'The second knot' });
  await textOf(page).getByRole('link', { name: 'The second knot' }).waitFor();
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#395' } })
    .png()
    .toBuffer();
  await page.getByRole('button', { name: 'Picture' }).click();
  await page.locator('dialog[open] input[type=file]').setInputFiles({ name: 'knot.png', mimeType: 'image/png', buffer: picture });
  await textOf(page).locator('img[src^="/files/"]').waitFor();
  await page.getByLabel(/^What the picture shows/).fill('A green knot');
  await isSaved(page);
  await page.getByRole('button', { name: 'Edit the Markdown' }).click();
  expect(await page.getByLabel(/^Markdown of /).inputValue()).toMatch(
    /^Plain\.\n\n\| Knot \| Keeps \|\n\| --- \| --: \|\n\| Bowline \| 70 % \|\n\| Clove hitch \| {2}\|\n\nSee \[The second knot\]\(lesson:[0-9a-f-]{36}\) ?!\[A green knot\]\(\/files\/[^)]+\)\n$/,
  );
  await page.getByLabel(/^Markdown of /).fill('Plain.\n');
  await isSaved(page);
});

test('two people change one text: the second sees both, and nobody’s words are lost', async () => {
  const [ada, ben] = await Promise.all([writer('ada@school.test', 'the-second-knot'), writer('ben@school.test', 'the-second-knot')]);
  for (const { page } of [ada, ben]) await textOf(page).getByText('It began here.').waitFor();
  await atTheEnd(ada.page);
  await ada.page.keyboard.press('Enter');
  await ada.page.keyboard.type('Ada adds this.');
  await isSaved(ada.page);
  await atTheEnd(ben.page);
  await ben.page.keyboard.press('Enter');
  await ben.page.keyboard.type('Ben adds that.');
  await ben.page.getByRole('heading', { name: 'Ada Splice changed this text while you wrote' }).waitFor();
  await expectAccessible(ben.page);
  await ben.page.getByRole('button', { name: 'Put both together' }).click();
  await isSaved(ben.page);
  await ada.page.reload();
  await textOf(ada.page).getByText('Ada adds this.').waitFor();
  await textOf(ada.page).getByText('Ben adds that.').waitFor();
});

test('two people change one setting of a lesson: the second is shown the other’s word, and chooses', async () => {
  const [ada, ben] = await Promise.all([writer('ada@school.test', 'the-second-knot'), writer('ben@school.test', 'the-second-knot')]);
  const title = (page: Page) => page.getByRole('complementary', { name: 'Settings of the lesson' }).getByLabel('Title');
  await title(ada.page).fill('A second knot');
  await title(ada.page).press('Tab');
  await isSaved(ada.page);
  await title(ben.page).fill('Another knot');
  await title(ben.page).press('Tab');
  await ben.page.getByText('Somebody else changed this while you did').waitFor();
  await ben.page.getByRole('definition').filter({ hasText: 'A second knot' }).waitFor();
  await expectAccessible(ben.page);
  await ben.page.getByRole('button', { name: 'Keep mine' }).click();
  await isSaved(ben.page);
  await ada.page.reload();
  expect(await title(ada.page).inputValue()).toBe('Another knot');
});

test('words that never arrived are offered again, and without scripts the text is a plain form', async () => {
  const { page, context } = await writer('ada@school.test', 'the-third-knot');
  await textOf(page).getByText('Plain.').waitFor();
  const again = await context.newPage();
  await again.goto('/robots.txt');
  // Nothing arrives, not even what a page that is closed says last: a request that is held or turned away by the page alone would be sent on then.
  await context.setOffline(true);
  await atTheEnd(page);
  await page.keyboard.type(' And not gone.');
  await page.getByRole('status').filter({ hasText: 'the school cannot be reached' }).waitFor();
  // The browser takes what a page keeps a moment later: from then on another page sees it, too.
  await expect.poll(() => again.evaluate(() => JSON.stringify(localStorage))).toContain('And not gone.');
  await page.close();
  await context.setOffline(false);
  await again.goto(lesson('the-third-knot'));
  await again.getByRole('button', { name: 'Go on with them' }).click();
  await textOf(again).getByText('Plain. And not gone.').waitFor();
  await isSaved(again);

  const plain = await writer('ada@school.test', 'the-third-knot', false);
  const box = plain.page.getByLabel('Text, in Markdown');
  expect((await box.inputValue()).trim()).toBe('Plain. And not gone.');
  await box.fill('Written without scripts.');
  const saved = plain.page.waitForResponse((answer) => answer.request().method() === 'POST');
  await plain.page.getByRole('button', { name: 'Save the text' }).click();
  await saved;
  await again.goto('/learn/knots-that-hold/the-third-knot');
  await again.getByText('Written without scripts.').waitFor();
});
