import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

let browser: Browser;
let school: School;
const password = 'lakes and nine tin boats';

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'] })]);
  await furnish(school, {
    people: [
      { email: 'ada@school.test', name: 'Ada Lovelace', password },
      { email: 'bea@school.test', name: 'Bea Lovelace', password },
      { email: 'rolf@school.test', name: 'Rolf Berger', role: 'INSTRUCTOR', password },
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

async function signIn(visitor: Visitor, email: string): Promise<void> {
  await visitor.page.goto('/sign-in');
  await send(visitor, { email, password });
  await visitor.page.waitForURL('**/dashboard');
}

/** Presses a button and waits for the words that say that it worked. */
async function press(page: Page, button: string, answer: string): Promise<void> {
  await page.locator('main').getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('status').filter({ hasText: answer }).first().waitFor();
}

/** A photograph of more than a form of words may weigh: red at the left, blue at the right. */
async function photograph() {
  const half = (background: string) => ({
    create: { width: 700, height: 700, channels: 3 as const, background, noise: { type: 'gaussian' as const, mean: 0, sigma: 40 } },
  });
  const paint = async (red: number, blue: number) =>
    sharp({ ...half('#000') })
      .linear([1, 1, 1], [red, 0, blue])
      .png()
      .toBuffer();
  const buffer = await sharp({ create: { width: 1400, height: 700, channels: 3, background: '#000' } })
    .composite([
      { input: await paint(200, 0), left: 0, top: 0 },
      { input: await paint(0, 200), left: 700, top: 0 },
    ])
    .png()
    .toBuffer();
  expect(buffer.length).toBeGreaterThan(600_000);
  return { name: 'me.png', mimeType: 'image/png', buffer };
}

/** The mean color of the picture in the header, as the school hands it out. */
async function pictureOf({ page, context }: Visitor): Promise<{ red: number; blue: number }> {
  const src = await page.locator('header img.avatar').getAttribute('src');
  const answer = await context.request.get(src ?? '');
  expect(answer.headers()['content-type']).toBe('image/webp');
  const { channels } = await sharp(await answer.body()).stats();
  return { red: channels[0]!.mean, blue: channels[2]!.mean };
}

describe.each([
  ['with scripts', true, 'ada@school.test'],
  ['without scripts', false, 'bea@school.test'],
] as const)('%s', (_, javaScriptEnabled, email) => {
  // axe needs scripts; the pages are the same.
  const expectFit = (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined);

  test('someone tells about themselves, and gets a picture and initials again', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await signIn(visitor, email);
    await page.goto('/settings/profile');
    await headingIs(visitor, 'Profile');
    await expectFit(page);

    await page.fill('#headline', 'Weaver of numbers');
    await page.fill('#website', 'nonsense');
    await page.fill('#bio', 'I **weave**.');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page.locator('#website-error').waitFor();
    expect(await page.inputValue('#headline')).toBe('Weaver of numbers');
    await expectFit(page);
    await page.fill('#website', 'ada.example.org');
    await press(page, 'Save profile', 'Your profile is saved.');
    await page.getByText('How it reads').click();
    expect(await page.locator('.prose strong').innerText()).toBe('weave');

    await page.fill('#github', '@ada');
    await page.fill('#dateOfBirth', '1990-12-10');
    await press(page, 'Save details', 'Your details are saved.');
    await page.reload();
    expect(await page.inputValue('#github')).toBe('https://github.com/ada');
    expect(await page.inputValue('#dateOfBirth')).toBe('1990-12-10');

    await page.setInputFiles('#picture', { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') });
    await page.getByRole('button', { name: 'Save picture' }).click();
    await page.locator('#picture-error').waitFor();

    await page.setInputFiles('#picture', await photograph());
    if (javaScriptEnabled) {
      // By keyboard to the left edge: nothing but red.
      await page.getByRole('application').focus();
      for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowLeft');
      await expectFit(page);
    }
    await press(page, 'Save picture', 'Your picture is saved.');
    await page.locator('header img.avatar').waitFor();
    const { red, blue } = await pictureOf(visitor);
    expect(blue > 60).toBe(!javaScriptEnabled);
    expect(red).toBeGreaterThan(60);
    await press(page, 'Remove picture', 'Your picture is removed.');
    await page.locator('header img.avatar').waitFor({ state: 'detached' });
    await visitor.close();
  });

  test('a student says what they aim at, asks to teach, and takes it back', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await signIn(visitor, email);
    await page.goto('/settings/learning');
    await expectFit(page);
    await page.fill('#weeklyGoalMinutes', 'much');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('#weeklyGoalMinutes-error').waitFor();
    await page.fill('#weeklyGoalMinutes', '120');
    await page.fill('#learningGoals', 'Weave\nCount');
    await press(page, 'Save', 'Your aims are saved.');
    await page.reload();
    expect(await page.inputValue('#learningGoals')).toBe('Weave\nCount');

    await page.goto('/settings/teaching');
    await headingIs(visitor, 'Teach here');
    await expectFit(page);
    await page.fill('#message', 'Let me.');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.locator('#message-error').waitFor();
    await page.fill('#message', 'How engines weave algebra, for people who like looms: I have written about it for ten years.');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Waiting').waitFor();
    await expectFit(page);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.locator('#message').waitFor();
    await visitor.close();
  });

  test('colors that someone saves meet them in their next browser', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    await signIn(visitor, email);
    await visitor.page.goto('/settings/preferences');
    await expectFit(visitor.page);
    await visitor.page.check('#theme-dark');
    await visitor.page.selectOption('#timeZone', 'Europe/Berlin');
    await press(visitor.page, 'Save preferences', 'Your preferences are saved.');
    expect(await visitor.page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await visitor.page.inputValue('#timeZone')).toBe('Europe/Berlin');
    await visitor.page.reload();
    expect(await visitor.page.inputValue('#timeZone')).toBe('Europe/Berlin');
    await visitor.close();

    const next = await visit(browser, school.baseUrl, { javaScriptEnabled });
    await signIn(next, email);
    await next.page.locator('html[data-theme=dark]').waitFor();
    // Chosen at the foot of a page, it is kept as well.
    const kept = next.page.waitForResponse((response) => new URL(response.url()).pathname === '/theme');
    await next.page.getByRole('button', { name: 'Light', exact: true }).click();
    await kept;
    await next.page.goto('/settings/preferences');
    expect(await next.page.isChecked('#theme-light')).toBe(true);
    await next.close();

    const third = await visit(browser, school.baseUrl, { javaScriptEnabled });
    await signIn(third, email);
    await third.page.locator('html[data-theme=light]').waitFor();
    await third.close();
  });

  test('someone chooses what they are told; what keeps them safe stays', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await signIn(visitor, email);
    await page.goto('/settings/notifications');
    await expectFit(page);
    expect(await page.getByRole('row', { name: 'Security of your account' }).getByRole('checkbox').count()).toBe(0);
    await page.uncheck('#courseCompleted-email');
    await press(page, 'Save', 'Your choice is saved.');
    await page.reload();
    expect(await page.isChecked('#courseCompleted-email')).toBe(false);
    expect(await page.isChecked('#teachingAnswered-email')).toBe(true);
    await visitor.close();
  });
});

test('an instructor shows what they know, and nobody is asked to apply who teaches already', async () => {
  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  await signIn(visitor, 'rolf@school.test');
  await page.goto('/settings/teaching');
  await headingIs(visitor, 'Teaching');
  await expectAccessible(page);
  await page.fill('#expertise', 'Kettlebells\nRowing');
  await page.fill('#linkedIn', 'https://evil.example/in/rolf');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('#linkedIn-error').waitFor();
  await page.fill('#linkedIn', 'rolf-berger');
  await press(page, 'Save', 'Your page as an instructor is saved.');
  expect(await page.inputValue('#linkedIn')).toBe('https://www.linkedin.com/in/rolf-berger');
  await visitor.close();
});

test('only the page that takes a picture takes more than a form of words', async () => {
  const post = (path: string, sizeBytes: number) =>
    fetch(`${school.baseUrl}${path}`, {
      method: 'POST',
      headers: { origin: school.baseUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: `a=${'b'.repeat(sizeBytes)}`,
    });
  expect((await post('/settings/learning?/save', 600_000)).status).toBe(413);
  expect((await post('/settings/profile/?/savePicture', 600_000)).status).toBe(413);
});
