import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

const demo = 'demo/courses/seeing-light/01-light/inverse-square';
const course = makeFolder('light', {
  'course.md': '---\ntitle: Seeing light\ntrailer: film.mp4\nfaq:\n  - question: Is it hard?\n    answer: "Not *very*."\n---\n\nLook.\n',
  'film.mp4': readFileSync(`${demo}.mp4`),
  'film.webp': readFileSync(`${demo}.webp`),
  'film.en.vtt': readFileSync(`${demo}.en.vtt`),
  '01-begin/01-near.md': '---\ntitle: Near\n---\n\nNearer is brighter.\n',
});
const password = 'lakes and nine tin boats';

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'] })]);
  await furnish(school, {
    people: [
      { email: 'tomas@school.test', name: 'tomas', role: 'INSTRUCTOR', password },
      { email: 'kim@school.test', name: 'kim', password },
      { email: 'sam@school.test', name: 'sam', password },
    ],
    courses: [{ path: course.path, by: 'tomas@school.test' }],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

describe.each([
  ['with scripts', 'kim', { javaScriptEnabled: true }],
  ['without scripts, on a phone', 'sam', { javaScriptEnabled: false, width: 390 }],
] as const)('%s', (_, name, options) => {
  test('a guest wishes for a course, signs in, finds the wish fulfilled, and enrolls from the wishlist', async () => {
    const visitor = await visit(browser, school.baseUrl, options);
    const { page } = visitor;
    await page.goto('/courses/seeing-light');
    await page.getByText('Is it hard?').click();
    await page.getByText('Not very.').waitFor();
    await page.getByText('Finish its lesson.').waitFor();
    await page.getByRole('link', { name: 'Add to wishlist' }).click();
    await page.waitForURL('**/sign-in?next=*');
    await send(visitor, { email: `${name}@school.test`, password });
    if (!options.javaScriptEnabled) await page.getByRole('button', { name: 'Add to wishlist' }).click();
    await headingIs(visitor, 'Seeing light');
    await page.getByRole('button', { name: 'On your wishlist' }).waitFor();
    await page.goto('/courses');
    const heart = (pressed: boolean) => page.getByRole('button', { name: 'On your wishlist: Seeing light', pressed });
    await heart(true).click();
    await heart(false).click();
    await heart(true).waitFor();
    await expect.poll(async () => (await page.request.get('/wishlist')).text(), { timeout: 20_000 }).toContain('Enroll');
    await page.goto('/wishlist');
    await page.getByRole('link', { name: 'Seeing light' }).waitFor();
    if (options.javaScriptEnabled) await expectAccessible(page);
    await page.getByRole('button', { name: 'Enroll in Seeing light' }).click();
    await headingIs(visitor, 'Near');
    await page.goto('/wishlist');
    await page.getByRole('heading', { name: 'Nothing on it yet' }).waitFor();
    await visitor.close();
  });

  test('a guest opens the trailer in the place of the picture, and nothing else moves', async () => {
    const visitor = await visit(browser, school.baseUrl, options);
    const { page } = visitor;
    const films: string[] = [];
    page.on('request', (request) => request.url().includes('.mp4') && films.push(request.url()));
    await page.goto('/courses/seeing-light');
    if (options.javaScriptEnabled) await expectAccessible(page);
    const frame = page.locator('details.trailer');
    const before = await frame.boundingBox();
    expect(films).toEqual([]);
    await page.getByText('Watch the trailer').click();
    await page.getByLabel('Trailer of Seeing light').waitFor();
    expect(await frame.boundingBox()).toEqual(before);
    if (options.javaScriptEnabled) await expect.poll(() => films.length).toBeGreaterThan(0);
    const film = await page.request.get((await page.locator('video source').getAttribute('src')) ?? '');
    expect([film.status(), film.headers()['content-type']]).toEqual([200, 'video/mp4']);
    expect(await page.locator('track').getAttribute('srclang')).toBe('en');
    await visitor.close();
  });
});
