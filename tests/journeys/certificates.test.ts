import type { Browser } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

const course = makeFolder('tea', {
  'course.md': '---\ntitle: Tea & time\nsubtitle: How long is long enough\n---\n\nWater first.\n',
  '01-begin/01-water.md': '---\ntitle: Water\n---\n\nFresh, and just off the boil.\n',
});
const password = 'lakes and nine tin boats';

let browser: Browser;
let school: School;
let code: string;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'] })]);
  await furnish(school, {
    people: [
      { email: 'tomas@school.test', name: 'Tomas', role: 'INSTRUCTOR', password },
      { email: 'mira@school.test', name: 'Mira', password },
    ],
    courses: [{ path: course.path, by: 'tomas@school.test' }],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

async function enter(name: string, path: string, options: Parameters<typeof visit>[2] = {}): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, options);
  await visitor.page.goto(`/sign-in?next=${path}`);
  await send(visitor, { email: `${name}@school.test`, password });
  return visitor;
}

describe('a certificate', () => {
  test('comes with the last lesson, leads to its page and to a PDF, and stands in the list', async () => {
    const student = await enter('mira', '/courses/tea-and-time', { javaScriptEnabled: false });
    const { page } = student;
    await page.getByRole('button', { name: 'Enroll' }).click();
    await page.getByRole('button', { name: 'Mark as complete' }).click();
    await page.getByRole('link', { name: 'Go to certificate' }).click();
    await headingIs(student, 'Certificate of completion');
    code = new URL(page.url()).pathname.slice('/certificates/'.length);
    const pdf = await page.request.get(`/certificates/${code}/certificate.pdf`);
    expect([pdf.status(), pdf.headers()['content-type'], pdf.headers()['x-robots-tag']]).toEqual([200, 'application/pdf', 'noindex']);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await pdf.body())), { mergePages: true });
    expect(text).toContain('Mira');
    const again = await page.request.get(pdf.url(), { headers: { 'if-none-match': pdf.headers().etag ?? '' } });
    expect(again.status()).toBe(304);
    await page.getByRole('link', { name: 'All your certificates' }).click();
    await page.getByRole('link', { name: 'Tea & time' }).click();
    await headingIs(student, 'Certificate of completion');
    await page.goto('/courses/tea-and-time');
    expect(await page.getByRole('link', { name: 'Go to certificate' }).getAttribute('href')).toBe(`/certificates/${code}`);
    await student.close();
  });

  test('is checked by whoever types its code, on a phone, and fits one sheet of A4 and of Letter', async () => {
    const guest = await visit(browser, school.baseUrl, { width: 390 });
    const { page } = guest;
    await page.goto('/certificates');
    await page.getByLabel('Code of a certificate').fill(code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'O'));
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('This certificate is valid').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/certificates/${code}`);
    // Machines read the page as the server writes it.
    expect(await (await page.request.get(page.url())).text()).toContain('<meta name="robots" content="noindex');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    for (const format of ['A4', 'Letter']) {
      const printed = await getDocumentProxy(new Uint8Array(await page.pdf({ format, landscape: true })));
      expect([format, printed.numPages]).toEqual([format, 1]);
    }
    const asItAsks = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
    const [, , width = 0, height = 0] = (await asItAsks.getPage(1)).view;
    expect([asItAsks.numPages, width > height]).toEqual([1, true]);
    const small = await page.request.get(`/certificates/${code.toLowerCase()}?edition=1`, { maxRedirects: 0 });
    expect([small.status(), small.headers().location]).toEqual([308, `/certificates/${code}?edition=1`]);
    await guest.close();
  });

  test('says to everybody that it is revoked, once who teaches the course has taken it back', async () => {
    const teacher = await enter('tomas', `/certificates/${code}`);
    await teacher.page.getByText('Revoke this certificate').click();
    await teacher.page.getByLabel('Why?').fill('Somebody else’s work.');
    await expectAccessible(teacher.page);
    await teacher.page.getByRole('button', { name: 'Revoke it' }).click();
    await headingIs(teacher, 'Certificate revoked');
    await teacher.close();

    const guest = await visit(browser, school.baseUrl, { colorScheme: 'dark' });
    await guest.page.goto(`/certificates/${code}`);
    await headingIs(guest, 'Certificate revoked');
    expect(await guest.page.content()).not.toContain('Somebody else');
    expect((await guest.page.request.get(`/certificates/${code}/certificate.pdf`)).status()).toBe(404);
    await expectAccessible(guest.page);
    await guest.close();
  });

  test('with a code that was never given says so, and lets one try again', async () => {
    const guest = await visit(browser, school.baseUrl, { javaScriptEnabled: false });
    const answer = await guest.page.goto('/certificates/LYC-0000-0000-0000');
    expect(answer?.status()).toBe(404);
    await headingIs(guest, 'No certificate has this code');
    await guest.page.getByLabel('Code of a certificate').fill('tea');
    await guest.page.getByRole('button', { name: 'Check it' }).click();
    await guest.page.getByText('That is no code of ours.').waitFor();
    await guest.context.close();
  });
});
