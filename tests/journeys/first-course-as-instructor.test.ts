import { readFileSync } from 'node:fs';
import PdfDocument from 'pdfkit';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
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

/** Counts the presses of somebody's mouse from now on, as the pages see them; those outside of a page are told to it. */
async function countClicks({ context }: Visitor): Promise<{ count: number }> {
  const clicks = { count: 0 };
  await context.exposeBinding('clicked', () => {
    clicks.count += 1;
  });
  // The press decides: a label clicks its field by itself, and Enter the form's button.
  await context.addInitScript(() => {
    addEventListener('pointerdown', ({ isTrusted }) => isTrusted && (globalThis as unknown as { clicked(): void }).clicked(), true);
  });
  return clicks;
}

function smallPdf(): Promise<Buffer> {
  const pdf = new PdfDocument();
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.text('Fold along the line.').end();
  return new Promise((resolve) => pdf.on('end', () => resolve(Buffer.concat(chunks))));
}

const isSaved = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /^\s*Saved/ })
    .waitFor();

const password = 'eleven quiet green lamps';
const email = 'noor@school.test';

async function signUpAndApply(visitor: Visitor, clicks: { count: number }): Promise<void> {
  const { page } = visitor;
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign up' }).first().click();
  await page.getByLabel('Name').click();
  for (const words of ['Noor Haddad', email, password]) {
    await page.keyboard.type(words);
    await page.keyboard.press('Tab');
  }
  await page.getByRole('button', { name: 'Sign up' }).click();
  await headingIs(visitor, 'Look into your mailbox');
  await page.goto(await mailedLink(browser, school, { to: email, subject: 'Confirm your e-mail address' }));
  // The press on the mail's button.
  clicks.count += 1;
  await page.getByRole('button', { name: 'Confirm' }).click();
  await headingIs(visitor, 'Welcome, Noor Haddad');
  await page.getByRole('link', { name: 'Teach here' }).click();
  await page.getByLabel('What would you teach?').click();
  await page.keyboard.type('How to fold paper, for people with patience. I have folded for twenty years, and taught it for five.');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Waiting', { exact: true }).waitFor();
}

/** What the admin does meanwhile, with clicks of their own. */
async function approve(): Promise<number> {
  const visitor = await visit(browser, school.baseUrl);
  const clicks = await countClicks(visitor);
  const { page } = visitor;
  await page.goto('/sign-in?next=/admin');
  await send(visitor, admin);
  await page
    .getByRole('link', { name: /^Applications/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Approve Noor Haddad' }).click();
  await page.getByText('They are an instructor now.').waitFor();
  await visitor.close();
  return clicks.count;
}

/** Presses on the place for a file and chooses one; the two presses in the system's own window are counted, too. */
async function upload(page: Page, place: Locator, file: { name: string; mimeType: string; buffer: Buffer }, clicks: { count: number }) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), place.locator('label', { hasText: 'Choose a file' }).click()]);
  clicks.count += 2;
  await chooser.setFiles(file);
}

const textOf = (page: Page, title: string) => page.getByRole('textbox', { name: `Text of ${title}` });

async function writeTheText(page: Page, clicks: { count: number }): Promise<void> {
  await page.getByRole('link', { name: 'Why paper folds', exact: true }).click();
  const text = textOf(page, 'Why paper folds');
  await text.click();
  await page.keyboard.type('Fibers remember.');
  await page.keyboard.press('Enter');
  // Opened and chosen from: two presses.
  await page.getByLabel('Kind of text').selectOption('Heading');
  clicks.count += 2;
  await page.keyboard.type('How thick it gets');
  await page.keyboard.press('Enter');
  await page.getByText('Insert', { exact: true }).click();
  await page.getByRole('button', { name: 'Formula on its own' }).click();
  await page.getByLabel('Formula, in TeX').pressSequentially('t_n = 2^n t_0');
  await text.locator('math').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByText('Insert', { exact: true }).click();
  await page.getByRole('button', { name: 'Code block' }).click();
  await page.keyboard.type('const thickness = 2 ** folds * 0.1;');
  await isSaved(page);
}

test('somebody new makes a course with a text, a film, a file and a price, and publishes it, in fewer than forty clicks', async () => {
  const noor = await visit(browser, school.baseUrl);
  const clicks = await countClicks(noor);
  const { page } = noor;
  await signUpAndApply(noor, clicks);
  const clicksOfTheAdmin = await approve();

  await page.goto(await mailedLink(browser, school, { to: email, subject: 'You may teach here' }));
  clicks.count += 1;
  await page.getByRole('link', { name: 'New course' }).first().click();
  await page.getByLabel('What is it called?').waitFor();
  await page.keyboard.type('Paper, folded');
  await page.getByRole('button', { name: 'Make course' }).click();
  await headingIs(noor, 'Outline');
  await page.keyboard.type('Why paper folds');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Why paper folds', exact: true }).waitFor();
  await page.keyboard.type('A crane in three minutes');
  await page.getByLabel('Kind of lesson').selectOption('Video');
  clicks.count += 2;
  await page.getByRole('button', { name: 'Add a lesson' }).click();
  await page.getByRole('link', { name: 'A crane in three minutes', exact: true }).waitFor();

  await writeTheText(page, clicks);
  const pdf = { name: 'crane-lines.pdf', mimeType: 'application/pdf', buffer: await smallPdf() };
  await upload(page, page.getByRole('region', { name: 'Resources' }), pdf, clicks);
  await page.getByLabel('Title of resource 1').waitFor();

  await page.getByRole('link', { name: 'A crane in three minutes', exact: true }).first().click();
  await headingIs(noor, 'A crane in three minutes');
  const film = { name: 'crane.webm', mimeType: 'video/webm', buffer: readFileSync('tests/fixtures/square.webm') };
  const panel = page.getByRole('region', { name: 'Film of A crane in three minutes' });
  await upload(page, panel, film, clicks);
  await panel.getByText('Replace the film').waitFor();

  await page.getByRole('link', { name: 'Publish', exact: true }).click();
  await headingIs(noor, 'Publish');
  await page.getByRole('link', { name: /It needs a price/ }).click();
  await headingIs(noor, 'Price and access');
  await page.getByLabel('Price in USD', { exact: true }).click();
  await page.keyboard.type('49');
  await page.getByRole('button', { name: 'Save price' }).click();
  await page.getByText('$49.00').waitFor();
  await page.getByRole('link', { name: 'Details', exact: true }).click();
  await page.getByLabel('Description', { exact: true }).first().click();
  await page.keyboard.type('Fold once, fold twice, and see what paper remembers.');
  await isSaved(page);
  await page.getByRole('link', { name: 'Publish', exact: true }).click();
  await headingIs(noor, 'Publish');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('The course is in the catalogue.').waitFor();

  process.stdout.write(`The instructor clicked ${clicks.count} times, the admin ${clicksOfTheAdmin} times.\n`);
  expect(clicks.count).toBeLessThan(40);
  await noor.close();

  const guest = await visit(browser, school.baseUrl);
  await guest.page.goto('/courses');
  await guest.page.getByRole('link', { name: 'Paper, folded' }).first().click();
  await headingIs(guest, 'Paper, folded');
  for (const words of ['$49.00', 'Why paper folds', 'A crane in three minutes', 'Noor Haddad'])
    await guest.page.getByText(words).first().waitFor();
  await guest.close();
});
