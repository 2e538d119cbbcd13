import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsPlaces } from '../../src/routes/settings/places.ts';
import { demoLogins } from '../../src/seed/demo-school.ts';
import { expectAccessible, launchBrowser, visit } from '../support/browser.ts';
import { type School, startSchool } from '../support/school.ts';
import { send } from '../support/steps.ts';

const courses = '/courses/typescript-from-first-principles';
const guestPages = [
  '/',
  '/courses',
  '/courses?level=advanced',
  '/courses?q=typescript&level=beginner&free=1',
  '/categories/programming',
  courses,
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/magic-link',
  '/verify-email',
];
const studentPages = [
  '/dashboard',
  '/learn/typescript-from-first-principles/types-are-sets-of-values',
  '/learn/postgresql-for-people-who-build-things',
  '/sign-out',
  ...settingsPlaces.flatMap(({ places }) => places.map(({ href }) => href)),
];
const adminPages = [
  '/admin',
  '/admin/users',
  '/admin/users/new',
  '/admin/users/import',
  '/admin/applications',
  '/admin/audit',
  '/admin/mail',
  '/admin/mail/previews',
  '/admin/mail/previews/accounts.verifyEmail',
];

let browser: Browser;
let school: School;
beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool()]);
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

const visitors = [
  { who: 'a guest', email: undefined, pages: guestPages },
  { who: 'a student', email: 'student@demo.school', pages: studentPages },
  { who: 'an admin', email: 'admin@demo.school', pages: adminPages },
];
const looks = [
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 390 },
  { colorScheme: 'light', width: 1440 },
] as const;

test.each(visitors)('the pages of $who are fit for everybody, light and dark, on a phone and on a desk', async ({ email, pages }) => {
  for (const look of looks) {
    const visitor = await visit(browser, school.baseUrl, look);
    if (email) {
      await visitor.page.goto('/sign-in');
      await send(visitor, { email, password: demoLogins[0]?.password ?? '' });
      await visitor.page.waitForURL('**/dashboard');
    }
    for (const path of pages) {
      await visitor.page.goto(path);
      await expectAccessible(visitor.page);
      const overflow = await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${path} at ${look.width} px is wider than the window`).toBeLessThanOrEqual(0);
    }
    await visitor.close();
  }
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
