import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { farFilmSeconds, playFarSites } from '../support/far-films.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { hasFfmpeg, realFilm } from '../support/real-films.ts';
import { type School, startSchool } from '../support/school.ts';
import { admin, headingIs, reloadUntilVisible, send } from '../support/steps.ts';

const course = makeFolder('tides', {
  'course.md': '---\ntitle: Tides\n---\n\nThey come and go.\n',
  '01-begin/01-near.md': '---\ntitle: A near film\nvideo: square.webm\npreview: true\n---\n\nWatch.\n',
  '01-begin/square.webm': readFileSync('tests/fixtures/square.webm'),
  '01-begin/square.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\nIt turns.\n',
  '01-begin/02-tube.md': `---\ntitle: A film at YouTube\nvideo: https://youtu.be/dQw4w9WgXcQ\nduration: ${farFilmSeconds}\n---\n\nWatch.\n`,
  '01-begin/03-vimeo.md': `---\ntitle: A film at Vimeo\nvideo: https://vimeo.com/76979871\nduration: ${farFilmSeconds}\n---\n\nWatch.\n`,
});
/** Large enough for the school to make sizes of it. */
const waves = makeFolder('waves', {
  'course.md': '---\ntitle: Waves\n---\n\nThey roll.\n',
  '01-begin/01-large.md': '---\ntitle: A large film\nvideo: large.mp4\npreview: true\n---\n\nWatch.\n',
  ...(hasFfmpeg && { '01-begin/large.mp4': realFilm({ seconds: 12, width: 1280, height: 720 }) }),
  '01-begin/large.vtt': 'WEBVTT\n\n00:00.000 --> 00:10.000\nIt counts.\n',
});
const password = 'eleven quiet green lamps';
/** Encoding gives way to whatever else the machine does: seconds where nothing else runs, many times that where much does. */
const encodingMs = 240_000;

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  await furnish(school, {
    people: [{ email: 'sam@school.test', name: 'Sam Rivers', password }],
    courses: [course, ...(hasFfmpeg ? [waves] : [])].map(({ path }) => ({ path, by: admin.email })),
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
  waves.remove();
});

/** Plays the far film of the page up to a second, and stops it within its frame. */
async function watchALittle({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: 'Play the film here' }).click();
  await page.locator('.film-bar').waitFor();
  const saved = page.waitForResponse(
    (answer) => answer.url().includes('/watch/') && /"positionSeconds":([3-9]|1\d)/.test(answer.request().postData() ?? ''),
  );
  const frame = page.frameLocator('iframe');
  await frame.locator('output', { hasText: /^([3-9]|1\d)/ }).waitFor();
  await frame.getByRole('button', { name: 'Pause' }).click();
  await saved;
}

test('a guest sees a preview, is told how to go on, and enrolls; films play into one another, wherever they lie, and are kept', async () => {
  const visitor = await visit(browser, school.baseUrl);
  const asked = await playFarSites(visitor.context);
  const { page } = visitor;

  await page.goto('/learn/tides/a-near-film');
  await headingIs(visitor, 'A near film');
  const film = page.locator('video');
  // Keys are heard once the scripts have come.
  const keys = page.getByRole('dialog', { name: 'Keys of the player' });
  await expect.poll(() => film.press('?').then(() => keys.isVisible())).toBe(true);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await film.press('c');
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.textTracks[0]?.mode)).toBe('showing');
  await page.getByLabel('Speed').selectOption('2');
  await page.getByRole('link', { name: 'Sign in to enroll' }).first().click();
  await send(visitor, { email: 'sam@school.test', password });
  await page.getByRole('button', { name: 'Enroll' }).click();
  await headingIs(visitor, 'A near film');

  await expect.poll(() => page.getByLabel('Speed').inputValue()).toBe('2');
  await film.evaluate((video: HTMLVideoElement) => video.play());
  // By itself, after a few seconds.
  await headingIs(visitor, 'A film at YouTube');
  await page.getByText('1 of 3 lessons').first().waitFor();
  await expectAccessible(page);
  expect(asked).toEqual([]);

  for (const [title, host] of [
    ['A film at YouTube', 'www.youtube-nocookie.com'],
    ['A film at Vimeo', 'player.vimeo.com'],
  ] as const) {
    await page.goto(`/learn/tides/${title.toLowerCase().replaceAll(' ', '-')}`, { waitUntil: 'networkidle' });
    await headingIs(visitor, title);
    const before = asked.length;
    await watchALittle(visitor);
    expect(asked.slice(before).map((address) => new URL(address).host)).toEqual([host]);
    await page.reload({ waitUntil: 'networkidle' });
    expect(asked).toHaveLength(before + 1);
    await page.getByRole('button', { name: 'Play the film here' }).click();
    const begin = new URL((await page.locator('iframe').getAttribute('src')) ?? '');
    expect(Number(begin.searchParams.get('start') ?? /t=(\d+)s/.exec(begin.hash)?.[1])).toBeGreaterThanOrEqual(2);
    const goesOn = page.getByRole('checkbox', { name: 'Go on to the next lesson by itself' });
    if (title === 'A film at YouTube') await goesOn.uncheck();
    await page.getByText('Completed', { exact: true }).first().waitFor();
  }
  await page.getByText('You have finished the course').waitFor();
  await visitor.close();
});

test.skipIf(!hasFfmpeg)(
  'a large film plays in the size that the learner chooses, keeps what was watched, and goes on plainly where sizes fail',
  async () => {
    const visitor = await visit(browser, school.baseUrl);
    const { page } = visitor;
    await page.goto('/sign-in?next=/courses/waves');
    await send(visitor, { email: 'sam@school.test', password });
    await page.getByRole('button', { name: 'Enroll' }).first().click();
    await page.goto('/learn/waves/a-large-film');
    await reloadUntilVisible(page, page.getByLabel('Quality'), { timeout: encodingMs, interval: 1_000 });

    const film = page.locator('video');
    const pieces: string[] = [];
    page.on('response', (answer) => {
      if (answer.url().includes('.mp4?')) pieces.push(`${answer.status()} ${/[\w-]+\.mp4/.exec(answer.url())?.[0]}`);
    });
    const offered = await page.getByLabel('Quality').locator('option').allInnerTexts();
    expect(offered.map((words) => words.replace(/ \(.*/, ''))).toEqual(['Auto', '720p', '360p']);
    await page.getByLabel('Quality').selectOption('360p');
    await film.press('c');
    const saved = page.waitForResponse((answer) => answer.url().includes('/watch/') && (answer.request().postData() ?? '').includes('[['));
    await film.evaluate((video: HTMLVideoElement) => video.play());
    await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(5);
    await film.evaluate((video: HTMLVideoElement) => video.pause());
    await saved;
    await expect
      .poll(() => film.evaluate((video: HTMLVideoElement) => [video.videoHeight, video.textTracks[0]?.activeCues?.length]))
      .toEqual([360, 1]);
    expect(pieces).toContain('206 360.mp4');
    expect(pieces.filter((piece) => !/^206 (360|720)\.mp4$/.test(piece))).toEqual([]);
    await expectAccessible(page);

    // From here on no piece of any size arrives; what was watched is where the film goes on.
    await page.route('**/films/**/*.mp4*', (route) => route.fulfill({ status: 422 }));
    await page.reload();
    await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentSrc)).toContain('/files/');
    // Whoever presses play while the sizes fail is interrupted for a moment, and the film goes on by itself.
    await film.evaluate((video: HTMLVideoElement) => video.play().catch(() => undefined));
    await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(6);
    await page.getByText('Completed', { exact: true }).first().waitFor();

    await visitor.close();

    // Where the film itself cannot be had either, the page says so, and what to do.
    const other = await visit(browser, school.baseUrl);
    const guestsFilm = other.page.locator('video');
    await other.page.route(/\/files\/[^?]+\.(webm|mp4)/, (route) => route.fulfill({ status: 422 }));
    await other.page.goto('/learn/tides/a-near-film');
    await guestsFilm.evaluate((video: HTMLVideoElement) => video.play().catch(() => undefined));
    await other.page.getByRole('alert').getByText('The film does not come').waitFor();
    await expectAccessible(other.page);
    await other.page.unrouteAll();
    await other.page.getByRole('link', { name: 'Load the page again' }).click();
    await other.page.getByText('The film does not come').waitFor({ state: 'detached' });
    await guestsFilm.evaluate((video: HTMLVideoElement) => video.play().catch(() => undefined));
    await expect.poll(() => guestsFilm.evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThan(0);
    await other.close();
  },
  encodingMs + 120_000,
);

test.skipIf(!hasFfmpeg)(
  'whoever makes a course puts a film into a lesson, sees it worked on, and gives it captions',
  async () => {
    const visitor = await visit(browser, school.baseUrl);
    const { page } = visitor;
    await page.goto('/sign-in?next=/studio/courses/tides/lessons/a-near-film');
    await send(visitor, admin);
    const panel = page.getByRole('region', { name: 'Film of A near film' });
    await panel.locator('.name', { hasText: 'square.webm' }).waitFor();
    await panel.getByText('Replace the film').click();
    const film = { name: 'sand.mp4', mimeType: 'video/mp4', buffer: realFilm({ seconds: 6, width: 640, height: 360, hertz: 330 }) };
    await panel.locator('form[action*=useFilm] input[type=file]').setInputFiles(film);
    await panel.locator('.name', { hasText: 'sand.mp4' }).waitFor();
    // Said by itself, without a reload.
    await panel.getByText('Plays in 360p').waitFor({ timeout: encodingMs });

    await panel.getByText('Add captions').first().click();
    const captions = panel.locator('form[action*=addCaptions]');
    const choose = async (text: string) => {
      await captions.locator('input[type=file]').setInputFiles({ name: 'sand.vtt', mimeType: 'text/vtt', buffer: Buffer.from(text) });
      await captions.locator('[data-state=arrived]').waitFor();
      await captions.getByRole('button', { name: 'Add captions' }).click();
    };
    await captions.getByLabel('Language').selectOption('de');
    await choose('WEBVTT\n\n00:05.000 --> 00:02.000\nSand.\n');
    await captions.getByText('Line 3: this caption ends before it begins.').waitFor();
    await captions.getByRole('button', { name: 'Choose another' }).click();
    await choose('WEBVTT\n\n00:00.000 --> 00:02.000\nSand.\n');
    await panel.getByRole('button', { name: 'Remove captions in German' }).waitFor();
    expect(await panel.locator('track').getAttribute('label')).toBe('Deutsch');
    await expectAccessible(page);
    await visitor.close();
  },
  encodingMs + 120_000,
);
