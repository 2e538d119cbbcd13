import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { lyceum, type School, startSchool } from '../support/school.ts';
import { headingIs, mailedLink, send } from '../support/steps.ts';

/** Two chapters: text with code, a film, a link between lessons, a picture that is missing. */
const course = makeFolder('knots', {
  'course.md': '---\ntitle: Knots worth knowing\nsubtitle: Three knots for a lifetime\n---\n\nTie them once, keep them for good.\n',
  '01-begin/01-why.md':
    '---\ntitle: Why knots hold\npreview: true\n---\n\nFriction, and nothing else. See [the bowline](../02-knots/01-bowline.md).\n',
  '01-begin/02-watch.md': '---\ntitle: A rope in motion\nvideo: square.webm\n---\n\nWatch how it moves.\n',
  '01-begin/square.webm': readFileSync('tests/fixtures/square.webm'),
  '02-knots/01-bowline.md':
    '# The bowline\n\nThe rabbit comes out of the hole.\n\n```ts\nconst loop: string = "holds";\n```\n\n![gone](missing.png)\n',
});

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  const settings = { DATA_DIR: school.dataDir };
  const instructor = ['user', 'create', '--email', 'tomas@school.test', '--name', 'Tomas Lindqvist', '--role', 'instructor'];
  expect(await lyceum(instructor, settings)).toMatchObject({ code: 0 });
  const imported = await lyceum(['import', course.path, '--as', 'tomas@school.test', '--publish'], settings);
  expect(imported).toMatchObject({ code: 0, output: expect.stringContaining('missing.png') });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('%s', (_, javaScriptEnabled) => {
  const email = javaScriptEnabled ? 'sam@school.test' : 'kim@school.test';
  // axe needs scripts; the pages are the same.
  const expectFit = (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined);

  test('a stranger finds a course, signs up, enrolls, learns and finishes it', async () => {
    const student = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = student;

    await page.goto('/');
    await expectFit(page);
    await page.getByRole('link', { name: 'Browse the courses' }).click();
    await headingIs(student, 'Courses');
    await expectFit(page);
    await page.getByRole('link', { name: 'Knots worth knowing' }).click();
    await headingIs(student, 'Knots worth knowing');
    await expectFit(page);
    await page.getByRole('main').getByRole('link', { name: 'Make one' }).click();
    await headingIs(student, 'Make an account');

    await send(student, { name: 'Sam Rivers', email, password: 'eleven quiet green lamps' });
    await headingIs(student, 'Look into your mailbox');
    await page.goto(await mailedLink(browser, school, { to: email, subject: 'Confirm your e-mail address' }));
    await headingIs(student, 'Confirm your address');
    await send(student, {});

    await headingIs(student, 'Knots worth knowing');
    await page.getByRole('button', { name: 'Enroll' }).click();
    for (const lesson of ['Why knots hold', 'A rope in motion', 'The bowline']) {
      await headingIs(student, lesson);
      await expectFit(page);
      await page.getByRole('button', { name: 'Mark as complete' }).click();
      if (lesson === 'The bowline') continue;
      await page.getByRole('status').getByText('Completed').waitFor();
      await page.getByRole('link', { name: /^Next: / }).click();
    }
    await headingIs(student, 'You have finished Knots worth knowing');
    await expectFit(page);

    await page.goto('/dashboard');
    await page.getByText('Completed').first().waitFor();
    await expectFit(page);
    await student.close();
  });

  test('a guest plays the preview, follows a link to a locked lesson and is told why it is locked', async () => {
    const guest = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = guest;
    await page.goto('/learn/knots-worth-knowing/why-knots-hold');
    await page.getByRole('link', { name: 'the bowline' }).click();
    await page.waitForURL('**/learn/knots-worth-knowing/the-bowline');
    await headingIs(guest, 'This lesson is locked');
    expect(await page.getByRole('main').innerText()).not.toContain('The rabbit');
    await page.getByRole('link', { name: 'Sign in to enroll' }).first().waitFor();
    await guest.close();
  });
});

test('who follows a link before the mark has been answered is not called back', async () => {
  const student = [
    'user',
    'create',
    '--email',
    'lea@school.test',
    '--name',
    'Lea Brandt',
    '--role',
    'student',
    '--password',
    'seven slow copper bells',
  ];
  expect(await lyceum(student, { DATA_DIR: school.dataDir })).toMatchObject({ code: 0 });
  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  await page.goto('/sign-in?next=/courses/knots-worth-knowing');
  await send(visitor, { email: 'lea@school.test', password: 'seven slow copper bells' });
  await page.getByRole('button', { name: 'Enroll' }).click();
  await headingIs(visitor, 'Why knots hold');
  // The mark is answered when the link has been followed, and of the next lesson nothing has come yet.
  const [mark, nextLesson] = [await held(page, '**/why-knots-hold?/complete'), await held(page, '**/a-rope-in-motion/**')];
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Mark as complete' }).click({ noWaitAfter: true });
  await page.getByRole('link', { name: /^Next: / }).click({ noWaitAfter: true });
  mark.release();
  await (await answer).finished();
  await page.waitForTimeout(200);
  nextLesson.release();
  await headingIs(visitor, 'A rope in motion');
  await visitor.close();
});

/** Holds the requests for an address back until they are released. */
async function held(page: Page, address: string): Promise<{ release: () => void }> {
  const { promise, resolve: release } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    await promise;
    await route.continue();
  });
  return { release };
}
