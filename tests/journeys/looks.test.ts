import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { newId } from '#platform/ids.ts';
import { demoLogins } from '../../src/seed/demo-school.ts';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { type School, startSchool } from '../support/school.ts';
import { send } from '../support/steps.ts';
import { focused } from './looks/keyboard.ts';
import { expectPaper, expectStill } from './looks/media.ts';
import { addressesFor, pages, seenElsewhere, type Who } from './looks/pages.ts';
import { look, open } from './looks/walk.ts';

let browser: Browser;
let school: School;
beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool()]);
  // A mail for the mailbox.
  const body = new URLSearchParams({ email: 'student@demo.school' });
  await fetch(`${school.baseUrl}/forgot-password?/request`, { method: 'POST', body, headers: { origin: school.baseUrl } });
  await raiseAnAlarm();
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

/** Money that does not match, as a provider might tell of it. */
async function raiseAnAlarm(): Promise<void> {
  const owner = new pg.Client({ connectionString: (await joinEmbeddedPostgres(school.dataDir))?.ownerUrl });
  await owner.connect();
  await owner.query(`insert into shop_alarms (id, key, kind, details, raised_at) values ($1, 'an alarm', 'unknown-order', $2, now())`, [
    newId(),
    { provider: 'stripe', paid: 4900, currency: 'USD' },
  ]);
  await owner.end();
}

test('every page of the school is on the list of pages that are looked at', () => {
  const files = readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('+page.svelte'));
  const found = files.map((file) => `/${dirname(file).replace(/^\.$|\(\w+\)\/?/g, '')}`);
  expect([...Object.keys(pages), ...Object.keys(seenElsewhere)].sort()).toEqual(found.sort());
});

test.each(['guest', 'student', 'instructor', 'admin'] as const)(
  'the pages of the %s are fit for everybody, light and dark, on a phone and on a desk',
  async (who) => {
    const visitor = await enter(who);
    const addresses = addressesFor(who);
    const lane = async (page: Page) => {
      for (let address = addresses.pop(); address; address = addresses.pop()) {
        await open(page, address);
        await look(page);
      }
    };
    await Promise.all([lane(visitor.page), lane(await visitor.context.newPage())]);
    await visitor.close();
  },
  // Seconds where nothing else runs; many times that where much does.
  300_000,
);

async function enter(who: Who): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl);
  if (who === 'guest') return visitor;
  await visitor.page.goto('/sign-in');
  await send(visitor, { email: `${who}@demo.school`, password: demoLogins[0]?.password ?? '' });
  await visitor.page.waitForURL('**/dashboard');
  return visitor;
}

test('nothing moves for who wants it still, and what is read or kept prints as paper', async () => {
  const student = await enter('student');
  for (const address of [
    '/courses/typescript-from-first-principles',
    '/learn/strength-training-the-calm-way/the-squat',
    '/notes',
    '/settings/learning',
  ]) {
    await student.page.goto(address);
    await expectStill(student.page);
    await expectPaper(student.page);
  }
  await student.close();
});

test('a page that is not there is as fit as the others', async () => {
  const { page, context } = await visit(browser, school.baseUrl);
  await page.goto('/no-such-page');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectAccessible(page);
  await context.close();
});

test('the keyboard alone reaches everything, shows where it is and never loses its place', async () => {
  const admin = await enter('admin');
  const { page } = admin;
  await page.goto('/courses');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatchObject({ text: 'Skip to content', isShown: true });
  await page.keyboard.press('Enter');
  for (let stop = 0; stop < 30; stop += 1) {
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ isShown: true, isInMain: true });
  }

  await page.setViewportSize({ width: 390, height: 900 });
  await page.getByRole('button', { name: 'Open menu' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Main, menu' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toMatchObject({ name: 'Open menu' });

  await open(page, 'a student');
  const opener = page.locator('button[command="show-modal"]').first();
  await opener.focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog[open]') !== null),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);

  await page.goto('/settings/learning');
  await page.getByRole('button', { name: 'Save' }).focus();
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.keyboard.press('Enter');
  await answer;
  await expect.poll(() => focused(page)).toMatchObject({ text: 'Save' });
  await admin.close();
});

test('a film that is played to the end completes its lesson, as the player reports it', async () => {
  const student = await visit(browser, school.baseUrl);
  const { page } = student;
  await page.goto('/sign-in');
  await send(student, { email: 'student@demo.school', password: demoLogins[0]?.password ?? '' });
  await page.waitForURL('**/dashboard');
  const answers = page.waitForResponse((response) => response.url().includes('/watch') && response.request().method() === 'POST');
  await page.goto('/learn/strength-training-the-calm-way/the-squat');
  await page.getByRole('button', { name: 'Mark as complete' }).waitFor();
  await page.evaluate(async () => {
    const video = document.querySelector('video');
    if (!video) throw new Error('no film');
    video.muted = true;
    video.playbackRate = 8;
    await video.play();
  });
  expect((await answers).status()).toBe(200);
  await page.getByRole('status').getByText('Completed').waitFor();
  await student.close();
});
