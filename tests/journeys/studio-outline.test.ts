import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, type VisitorOptions, visit } from '../support/browser.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

const password = 'lakes and nine tin boats';
const first = '/studio/courses/seeing-light';

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'] })]);
  await furnish(school, {
    people: [
      { email: 'tomas@school.test', name: 'tomas', role: 'INSTRUCTOR', password },
      { email: 'ines@school.test', name: 'ines', role: 'ADMIN', password },
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

async function enter(name: 'tomas' | 'ines', at: string, options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, options);
  await visitor.page.goto(`/sign-in?next=${at}`);
  await send(visitor, { email: `${name}@school.test`, password });
  await visitor.page.waitForURL(({ pathname }) => pathname === at);
  return visitor;
}

/** The outline as one sees it: "First chapter: One, Two / Second: ". */
async function outlineOf(page: Page): Promise<string> {
  const words = await page.locator('[data-chapter]').evaluateAll((chapters) =>
    chapters.map((chapter) => {
      const names = [...chapter.querySelectorAll('.name')].map(({ textContent }) => textContent);
      return `${chapter.querySelector('h2')?.textContent}: ${names.join(', ')}`;
    }),
  );
  return words.join(' / ');
}
const outlineIs = (page: Page, words: string) => expect.poll(() => outlineOf(page)).toBe(words);
const type = async (page: Page, label: string, titles: string[], place = 0) => {
  await page.getByPlaceholder(label).nth(place).focus();
  for (const title of titles) {
    await page.keyboard.type(title);
    await page.keyboard.press('Enter');
  }
};

test('a new course is typed in one go, arranged by the keyboard and the mouse, and is so after a reload', async () => {
  const visitor = await enter('tomas', '/studio');
  const { page } = visitor;
  await page.getByRole('main').getByRole('link', { name: 'New course' }).click();
  await headingIs(visitor, 'New course');
  await page.locator('main input:focus').waitFor();
  await page.keyboard.type('Seeing light');
  await page.keyboard.press('Enter');
  await headingIs(visitor, 'Outline');
  // The line for the first lesson has the focus.
  await page.waitForFunction(() => document.activeElement?.getAttribute('placeholder') === 'Add a lesson');
  await page.keyboard.type('Near');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Far');
  await page.keyboard.press('Enter');
  await type(page, 'Add a chapter', ['Color']);
  await outlineIs(page, 'First chapter: Near, Far / Color: ');
  await type(page, 'Add a lesson', ['Red', 'Blue'], 1);
  await outlineIs(page, 'First chapter: Near, Far / Color: Red, Blue');
  await page.getByText(/^\s*Saved/).waitFor();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Move “Near”' }).focus();
  await page.keyboard.press('Space');
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown');
  await page.getByText('“Near”, lesson 2 of 3 in “Color”.').waitFor();
  await page.keyboard.press('Space');
  await page.getByText('Lesson moved').waitFor();
  await page.reload();
  await outlineIs(page, 'First chapter: Far / Color: Red, Near, Blue');

  await page.getByRole('button', { name: 'Move “Blue”' }).dragTo(page.locator('[data-lesson]').first());
  await outlineIs(page, 'First chapter: Blue, Far / Color: Red, Near');
  await page.getByRole('button', { name: 'Undo' }).click();
  await outlineIs(page, 'First chapter: Far / Color: Red, Near, Blue');

  await page.locator('[data-lesson]', { hasText: 'Red' }).locator('summary').click();
  await page.getByRole('link', { name: 'Rename', exact: true }).click();
  await page.getByLabel('Title of the lesson').fill('Crimson');
  await page.keyboard.press('Enter');
  await outlineIs(page, 'First chapter: Far / Color: Crimson, Near, Blue');

  await page.locator('[data-lesson]', { hasText: 'Near' }).locator('summary').click();
  await page.getByRole('link', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete lesson' }).click();
  await outlineIs(page, 'First chapter: Far / Color: Crimson, Blue');
  await page.waitForURL(`**${first}`);
  await page.reload();
  await page.getByText('Recently deleted (1)').click();
  await page.getByRole('button', { name: 'Put back “Near”' }).click();
  await outlineIs(page, 'First chapter: Far / Color: Crimson, Near, Blue');
  await visitor.close();
});

test('two editors at once lose nothing of each other’s', async () => {
  const [one, other] = await Promise.all([enter('tomas', first), enter('ines', first)]);
  await outlineIs(other.page, 'First chapter: Far / Color: Crimson, Near, Blue');
  // Each arranges what the other has not seen yet.
  await type(one.page, 'Add a lesson', ['Dusk'], 0);
  await outlineIs(one.page, 'First chapter: Far, Dusk / Color: Crimson, Near, Blue');
  await other.page.getByRole('button', { name: 'Move “Far”' }).focus();
  await other.page.keyboard.press('Space');
  await other.page.keyboard.press('ArrowDown');
  await other.page.keyboard.press('Space');
  await outlineIs(other.page, 'First chapter: Dusk / Color: Far, Crimson, Near, Blue');
  await one.page.locator('[data-lesson]', { hasText: 'Blue' }).locator('summary').click();
  await one.page.getByRole('button', { name: 'Move up' }).click();
  await outlineIs(one.page, 'First chapter: Dusk / Color: Far, Crimson, Blue, Near');
  await one.close();
  await other.close();
});

test('without scripts, on a phone, everything is done by plain forms, and the course is seen as a student sees it', async () => {
  const visitor = await enter('tomas', first, { javaScriptEnabled: false, width: 390 });
  const { page } = visitor;
  const menuOf = (title: string) => page.locator('[data-lesson]', { hasText: title }).locator('summary');
  await menuOf('Dusk').click();
  await page.locator('[data-lesson]', { hasText: 'Dusk' }).getByRole('button', { name: 'Move down' }).click();
  await outlineIs(page, 'First chapter:  / Color: Dusk, Far, Crimson, Blue, Near');
  await menuOf('Near').click();
  await page.locator('[data-lesson]', { hasText: 'Near' }).getByRole('link', { name: 'Move to chapter…' }).click();
  await page.getByRole('button', { name: 'Move lesson' }).click();
  await outlineIs(page, 'First chapter: Near / Color: Dusk, Far, Crimson, Blue');
  await page.locator('[data-lesson]', { hasText: 'Far' }).getByRole('checkbox').check();
  await page.locator('[data-lesson]', { hasText: 'Dusk' }).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect.poll(() => page.locator('[data-lesson]', { hasText: 'Hidden' }).count()).toBe(2);
  await page.locator('[data-chapter]', { hasText: 'Crimson' }).locator('.head summary').click();
  await page.getByRole('link', { name: 'Settings…' }).last().click();
  await page.getByLabel('Some days after enrolling').check();
  await page.getByLabel('Days after enrolling', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Opens 3 days after enrolling').waitFor();

  await page.getByRole('button', { name: 'See it as a student' }).click();
  await headingIs(visitor, 'Near');
  await page.getByText('You see this as a student').waitFor();
  await page.goto('/learn/seeing-light/red');
  await headingIs(visitor, 'This lesson is not open yet');
  expect(await page.getByText('Dusk').count()).toBe(0);
  await page.getByRole('button', { name: 'Back to the studio' }).click();
  await page.waitForURL('**/studio/courses/seeing-light**');
  await page.goto('/learn/seeing-light/red');
  expect(await page.getByText('You see this as a student').count()).toBe(0);
  await visitor.close();
});
