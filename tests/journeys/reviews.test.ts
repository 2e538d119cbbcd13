import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { headingIs, send } from '../support/steps.ts';

const course = makeFolder('tea', {
  'course.md': '---\ntitle: Tea </script> & time\nsubtitle: How long is long enough\n---\n\nWater first.\n',
  '01-begin/01-water.md': '---\ntitle: Water\n---\n\nFresh, and just off the boil.\n',
  '01-begin/02-leaves.md': '---\ntitle: Leaves\n---\n\nWhole ones.\n',
});
const password = 'lakes and nine tin boats';
const reviews = '/courses/tea-script-and-time/reviews';

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'] })]);
  await furnish(school, {
    people: [
      { email: 'tomas@school.test', name: 'Tomas', role: 'INSTRUCTOR', password },
      { email: 'sam@school.test', name: 'Sam', password },
      { email: 'kim@school.test', name: 'Kim', password },
    ],
    courses: [{ path: course.path, by: 'tomas@school.test' }],
  });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  course.remove();
});

async function enter(name: string, options: Parameters<typeof visit>[2] = {}): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, options);
  await visitor.page.goto(`/sign-in?next=${reviews}`);
  await send(visitor, { email: `${name.toLowerCase()}@school.test`, password });
  await headingIs(visitor, 'Reviews of Tea </script> & time');
  return visitor;
}

describe('what students say', () => {
  test.each([
    ['Sam', 'without scripts', { javaScriptEnabled: false }, 5],
    ['Kim', 'with scripts, on a phone', { width: 390 }, 2],
  ] as const)('%s learns a part of a course %s, and then says what it is like', async (name, _, options, stars) => {
    const student = await enter(name, options);
    const { page } = student;
    await page.goto('/courses/tea-script-and-time');
    await page.getByRole('button', { name: 'Enroll' }).click();
    await headingIs(student, 'Water');
    await page.goto(reviews);
    await page.getByText('once you have finished 20 % of it').waitFor();
    await page.goto('/learn/tea-script-and-time/water');
    await page.getByRole('button', { name: 'Mark as complete' }).click();
    await page.getByRole('status').getByText('Completed').waitFor();
    await page.getByRole('link', { name: /^Next: / }).click();
    await headingIs(student, 'Leaves');
    await page.goto(reviews);
    await page.getByRole('radio', { name: new RegExp(`^${stars} star`) }).check();
    await page.fill('[name=text]', `From ${name}.\n\nA <b>second</b> paragraph.`);
    await page.getByRole('button', { name: 'Publish your review' }).click();
    const shown = page.getByRole('article').filter({ hasText: `From ${name}.` });
    await shown.getByText('A <b>second</b> paragraph.', { exact: true }).waitFor();
    if ('width' in options) await expectAccessible(page);
    await page.goto('/courses/tea-script-and-time');
    await page.getByRole('heading', { name: 'What students say' }).waitFor();
    await student.close();
  });

  test('is answered by who teaches it, and reported by who finds it wrong', async () => {
    const teacher = await enter('Tomas');
    const sams = teacher.page.getByRole('article').filter({ hasText: 'From Sam.' });
    await sams.getByText('Answer', { exact: true }).click();
    await sams.getByLabel('Your answer to Sam').fill('Thank you, Sam.');
    await sams.getByRole('button', { name: 'Save the answer' }).click();
    await teacher.page.getByText('Thank you, Sam.').first().waitFor();
    await expectAccessible(teacher.page);
    await teacher.close();

    const reader = await enter('Sam');
    const kims = reader.page.getByRole('article').filter({ hasText: 'From Kim.' });
    await kims.getByText('Report').first().click();
    await kims.getByLabel('What is wrong with it?').selectOption('spam');
    await kims.getByRole('button', { name: 'Send the report' }).click();
    await reader.page.getByText('You have reported this review.').waitFor();
    await reader.close();
  });

  test('is changed and taken back by who wrote it', async () => {
    const student = await enter('Kim');
    const { page } = student;
    await page.getByRole('radio', { name: /^4 star/ }).check();
    await page.getByRole('button', { name: 'Save your review' }).click();
    await page.getByText('edited').waitFor();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove your review' }).click();
    await page.getByText('What do you think of it?').waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
    await student.close();
  });
});

describe('what machines read', () => {
  test('is on the course’s page: one address, a picture, and structured data that the policy lets stand', async () => {
    const guest = await visit(browser, school.baseUrl);
    const { page } = guest;
    await page.goto('/courses/tea-script-and-time');
    const attribute = (selector: string, name: string) => page.locator(selector).getAttribute(name);
    const address = `${school.baseUrl}/courses/tea-script-and-time`;
    expect(await attribute('link[rel=canonical]', 'href')).toBe(address);
    expect(await attribute('meta[property="og:title"]', 'content')).toBe('Tea </script> & time');
    expect(await attribute('meta[name="twitter:card"]', 'content')).toBe('summary_large_image');
    const image = await page.request.get((await attribute('meta[property="og:image"]', 'content')) ?? '');
    expect([image.status(), image.headers()['content-type']]).toEqual([200, 'image/png']);
    const again = await page.request.get(image.url(), { headers: { 'if-none-match': image.headers().etag ?? '' } });
    expect(again.status()).toBe(304);
    const [script] = await page.locator('script[type="application/ld+json"]').allTextContents();
    const [thing] = (JSON.parse(script ?? '') as { '@graph': object[] })['@graph'];
    expect(thing).toMatchObject({
      '@type': 'Course',
      name: 'Tea </script> & time',
      url: address,
      offers: { price: 0 },
      aggregateRating: { ratingValue: 5, ratingCount: 1 },
    });
    await guest.close();
  });

  test.each([
    ['/sitemap.xml', 'urlset', 'loc'],
    ['/feed.xml', 'feed', 'title'],
  ])('is well-formed: %s', async (path, root, inside) => {
    const guest = await visit(browser, school.baseUrl);
    await guest.page.goto('/');
    const read = await guest.page.evaluate(
      async ([path, inside]) => {
        const xml = new DOMParser().parseFromString(await (await fetch(path)).text(), 'application/xml');
        return { root: xml.documentElement.localName, inside: [...xml.getElementsByTagName(inside)].map((element) => element.textContent) };
      },
      [path, inside] as const,
    );
    expect(read.root).toBe(root);
    expect(read.inside).toContain(inside === 'loc' ? `${school.baseUrl}/courses/tea-script-and-time` : 'Tea </script> & time');
    await guest.close();
  });

  test('leads crawlers to the map, and a device to the school’s icons', async () => {
    const guest = await visit(browser, school.baseUrl);
    const { request } = guest.page;
    expect(await (await request.get('/robots.txt')).text()).toContain(`Sitemap: ${school.baseUrl}/sitemap.xml`);
    const { icons } = (await (await request.get('/manifest.webmanifest')).json()) as { icons: { src: string; type: string }[] };
    for (const icon of icons) expect((await request.get(icon.src)).headers()['content-type']).toBe(icon.type);
    await guest.close();
  });
});
