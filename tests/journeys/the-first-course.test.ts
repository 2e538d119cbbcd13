import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, launchBrowser, visit } from '../support/browser.ts';
import { lyceum, type School, startSchool } from '../support/school.ts';

const admin = { email: 'admin@school.test', password: 'seven calm brown rivers' };
const studentPassword = 'eleven quiet green lamps';

/** A small course: two chapters, a video with text, code, a picture that is missing, a link between lessons. */
function writeCourse(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-course-'));
  const files: Record<string, string> = {
    'course.md': '---\ntitle: Knots worth knowing\nsubtitle: Three knots for a lifetime\nlevel: BEGINNER\n---\n\nTie them once, keep them for good.\n',
    '01-begin/01-why.md': '---\ntitle: Why knots hold\npreview: true\n---\n\nFriction, and nothing else. See [the bowline](../02-knots/01-bowline.md).\n',
    '01-begin/02-watch.md': '---\ntitle: A rope in motion\nvideo: square.webm\nduration: 10\n---\n\nWatch how it moves.\n',
    '02-knots/01-bowline.md': '# The bowline\n\nThe rabbit comes out of the hole.\n\n```ts\nconst loop: string = "holds";\n```\n\n![gone](missing.png)\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  cpSync('tests/fixtures/square.webm', join(folder, '01-begin/square.webm'));
  return folder;
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])('with scripts: $javaScriptEnabled', ({ javaScriptEnabled }) => {
  let school: School;
  let browser: Browser;
  const course = writeCourse();
  beforeAll(async () => {
    school = await startSchool({ words: ['--empty'] });
    browser = await launchBrowser();
    const settings = { DATA_DIR: school.dataDir };
    const people = [
      ['--email', admin.email, '--name', 'Ada Admin', '--role', 'admin', '--password', admin.password],
      ['--email', 'ines@school.test', '--name', 'Ines Instructor', '--role', 'instructor'],
    ];
    for (const words of people) expect((await lyceum(['user', 'create', ...words], settings)).code).toBe(0);
    const imported = await lyceum(['import', course, '--as', 'ines@school.test', '--publish'], settings);
    expect(imported).toMatchObject({ code: 0, output: expect.stringContaining('missing.png') });
  });
  afterAll(async () => {
    await browser.close();
    await school.stop();
    rmSync(course, { recursive: true });
  });

  test('a stranger signs up, confirms the address, enrolls, learns and finishes the course', async () => {
    const student = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = student;
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: 'Browse the courses' }).click();
    await page.getByRole('link', { name: 'Knots worth knowing' }).click();
    await page.waitForURL('**/courses/knots-worth-knowing');
    await page.getByRole('main').getByRole('link', { name: /Sign in to enroll/ }).first().click();
    await page.getByRole('main').getByRole('link', { name: 'Make an account' }).click();

    await page.getByLabel('Name').fill('Sam Student');
    await page.getByLabel('E-mail address').fill('sam@school.test');
    await page.getByLabel('Password').fill(studentPassword);
    await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();

    await page.goto(await mailedLink(browser, school, 'sam@school.test'));
    await page.getByRole('button', { name: 'Confirm my address' }).click();
    await page.waitForURL('**/courses/knots-worth-knowing');

    await page.getByRole('main').getByRole('button', { name: /^Enroll/ }).first().click();
    await page.waitForURL('**/learn/knots-worth-knowing/**');
    await page.getByRole('heading', { name: 'Why knots hold', level: 1 }).waitFor();
    for (const lesson of ['Why knots hold', 'A rope in motion', 'The bowline']) {
      await page.getByRole('heading', { name: lesson, level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Mark as complete' }).click();
      await page.getByText(/^(Completed|You finished the course)/).first().waitFor();
      if (lesson !== 'The bowline') await page.getByRole('link', { name: /^Next/ }).first().click();
    }
    await page.getByText(/You (have )?finished/).first().waitFor();

    await page.goto('/dashboard');
    await page.getByText('Knots worth knowing').first().waitFor();
    await student.close();
  });

  test('a forgotten password is reset by the mailed link, and the old one no longer works', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail address').fill(admin.email);
    await page.getByRole('main').getByRole('button').first().click();
    await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
    await visitor.close();
  });
});

/** The link of the newest mail to an address, read in the mailbox as an admin reads it. */
async function mailedLink(browser: Browser, school: School, to: string): Promise<string> {
  const reader = await visit(browser, school.baseUrl);
  await signIn(reader.page, admin.email, admin.password);
  await expect
    .poll(async () => {
      await reader.page.goto('/admin/mail');
      return reader.page.getByText(to).count();
    })
    .toBeGreaterThan(0);
  await reader.page.getByRole('listitem').filter({ hasText: to }).getByRole('link').first().click();
  await reader.page.waitForURL(/\/admin\/mail\/.+/);
  const text = await reader.page.getByRole('main').innerText();
  const link = /https?:\/\/\S+/.exec(text)?.[0];
  expect(link).toBeDefined();
  await expectAccessible(reader.page);
  await reader.close();
  return link ?? '';
}
