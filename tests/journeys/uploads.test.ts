import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Request } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { send } from '../support/steps.ts';

const course = makeFolder('tides', {
  'course.md': '---\ntitle: Tides\n---\n\nThey come and go.\n',
  '01-begin/01-moon.md': '---\ntitle: The moon\n---\n\nIt pulls.\n',
});
const ada = { email: 'ada@school.test', password: 'eleven quiet green lamps' };
const pieceBytes = 8 * 1024 * 1024;

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  await furnish(school, {
    people: [{ ...ada, name: 'Ada Lovelace', role: 'INSTRUCTOR' }],
    courses: [{ path: course.path, by: ada.email }],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

/** A photograph of so many bytes: most of them are remarks, which a JPEG may hold between its head and its picture. */
async function photograph(sizeBytes: number): Promise<Buffer> {
  const picture = await sharp({ create: { width: 1600, height: 900, channels: 3, background: '#5a8f7b' } })
    .jpeg()
    .toBuffer();
  const remark = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(0xffff - 2, 'sea ')]);
  const remarks = Array.from({ length: Math.ceil(sizeBytes / remark.length) }, () => remark);
  return Buffer.concat([picture.subarray(0, 2), ...remarks, picture.subarray(2)]);
}

/** Waits until the page can take a file, and chooses one. */
async function choose({ page }: Visitor, name: string, content: Buffer | string): Promise<void> {
  // On the disk, as a person's: the day of its last change tells it from others of its name.
  const path = join(course.path, name);
  if (!existsSync(path)) writeFileSync(path, content);
  await page.locator('input[type=file][accept^="image/png"]:enabled').setInputFiles(path);
}

const isPiece = (request: Request) => request.method() === 'PATCH' && request.url().includes('/uploads/');

test('an upload loses its connection and its page on the way, and still arrives whole', async () => {
  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  await page.goto('/sign-in?next=/studio/courses/tides/details');
  await send(visitor, ada);
  await page.getByText('Choose a file').first().waitFor();
  const picture = await photograph(20_000_000);
  const offsets: number[] = [];
  page.on('request', (request) => isPiece(request) && offsets.push(Number(request.headers()['upload-offset'])));

  // The line breaks with the second piece, and the page is left before the third attempt has an answer.
  let pieces = 0;
  let held: () => void = () => {};
  const isHeld = new Promise<void>((resolve) => {
    held = resolve;
  });
  await page.route('**/uploads/*', async (route) => {
    if (!isPiece(route.request())) return route.continue();
    pieces += 1;
    if (pieces === 2) return route.abort('connectionfailed');
    if (pieces === 3) return held();
    return route.continue();
  });
  await choose(visitor, 'coast.jpg', picture);
  await isHeld;
  await page.getByText(/^8 MB of 19\.\d MB/).waitFor();
  await expectAccessible(page);
  page.once('dialog', (dialog) => dialog.accept());
  await page.reload();
  await page.unroute('**/uploads/*');

  await page.getByText('coast.jpg did not arrive whole.').waitFor();
  expect(offsets).toEqual([0, pieceBytes, pieceBytes]);
  await choose(visitor, 'coast.jpg', picture);
  const cover = page.locator('main img[src^="/files/"]').first();
  await cover.waitFor();
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0);
  expect(offsets.slice(3)).toEqual([pieceBytes, 2 * pieceBytes]);
  // The browser calls the broken line an error, as it is.
  visitor.complaints.splice(
    0,
    Number.POSITIVE_INFINITY,
    ...visitor.complaints.filter((words) => !/uploads|ERR_CONNECTION_FAILED/.test(words)),
  );
  await visitor.close();
});

test('a file that is something else is refused in a sentence, beside the place where one chooses', async () => {
  const visitor = await visit(browser, school.baseUrl);
  const { page } = visitor;
  await page.goto('/sign-in?next=/studio/courses/tides/details');
  await send(visitor, ada);
  await choose(visitor, 'coast.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await page.getByRole('alert').filter({ hasText: 'is an SVG picture' }).waitFor();
  await expectAccessible(page);
  await visitor.close();
});
