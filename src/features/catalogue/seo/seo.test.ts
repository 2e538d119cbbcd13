import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { courseFeed, coursePage, courseSeo, manifest, robots, schoolIcon, sitemap, socialImage } from '../index.server.ts';

const school = testSchool({ ORIGIN: 'https://school.example' });
const sql = (text: string, values: unknown[] = []) => school.database.owner.query(text, values);

interface Thing {
  '@type': string;
  [key: string]: unknown;
}

async function seoOf(slug: string) {
  const seo = courseSeo(await coursePage(school.asGuest(), { slug }));
  const things = seo.jsonLd === null ? [] : (JSON.parse(seo.jsonLd) as { '@graph': Thing[] })['@graph'];
  return { ...seo, course: things[0], trail: things[1] };
}

async function inAll(pieces: AsyncGenerator<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const map = async (part: string | null = null, perFile?: number) => inAll(await sitemap(school.asGuest(), { part, perFile }));
const addressesIn = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address!);

describe('the structured data of a course', () => {
  test('says what is taught, by whom, that it is free, how it is rated and where it stands', async () => {
    const instructor = await aPerson(school.database, 'INSTRUCTOR', { name: 'Tomas' });
    const course = await aCourse(school.database, { slug: 'knots', title: 'Knots', instructorId: instructor.id });
    await sql(
      "update courses set subtitle = 'Three of them', review_count = 4, rating_average = 4.5, duration_minutes = 90 where id = $1",
      [course.id],
    );
    const category = newId();
    await sql("insert into categories (id, name, slug) values ($1, 'Rope & twine', 'rope')", [category]);
    await sql('insert into course_categories (course_id, category_id) values ($1, $2)', [course.id, category]);
    const seo = await seoOf('knots');
    expect(seo).toMatchObject({
      canonical: 'https://school.example/courses/knots',
      image: 'https://school.example/courses/knots/image.png',
    });
    expect(seo.course).toMatchObject({
      '@type': 'Course',
      name: 'Knots',
      description: 'Three of them',
      offers: { '@type': 'Offer', price: 0, priceCurrency: 'USD' },
      aggregateRating: { '@type': 'AggregateRating', ratingValue: 4.5, ratingCount: 4 },
      hasCourseInstance: { courseWorkload: 'PT90M', instructor: [{ '@type': 'Person', name: 'Tomas' }] },
    });
    expect(seo.trail).toMatchObject({
      '@type': 'BreadcrumbList',
      itemListElement: [
        { position: 1 },
        { position: 2, name: 'Rope & twine' },
        { position: 3, item: 'https://school.example/courses/knots' },
      ],
    });
  });

  test('names no rating before there is one, and no offer for a course that costs something and has no price', async () => {
    await aCourse(school.database, { slug: 'sold', isFree: false });
    const { course } = await seoOf('sold');
    expect(course).not.toHaveProperty('aggregateRating');
    expect(course).not.toHaveProperty('offers');
  });

  test('cannot end the script that holds it, whatever a title says', async () => {
    const title = 'A </script><script>alert(1)</script> <!-- day';
    await aCourse(school.database, { slug: 'sly', title });
    const { jsonLd, course } = await seoOf('sly');
    expect(jsonLd).not.toMatch(/[<\u2028\u2029]/);
    expect(course?.name).toBe(title);
  });

  test('is kept back for a course that is not published', async () => {
    await aCourse(school.database, { slug: 'archived', status: 'ARCHIVED' });
    const page = await coursePage(school.asProgram(), { slug: 'archived' });
    expect(courseSeo(page).jsonLd).toBeNull();
  });
});

describe('the sitemap', () => {
  test('names home, categories and published courses, and nothing else', async () => {
    await aCourse(school.database, { slug: 'draft', status: 'DRAFT' });
    await sql("insert into categories (id, name, slug, course_count) values (gen_random_uuid(), 'Tea', 'tea', 1)");
    const addresses = addressesIn(await map());
    expect(addresses.slice(0, 3)).toEqual(['/', '/courses', '/categories/tea'].map((path) => `https://school.example${path}`));
    const { rows } = await sql("select slug from courses where status = 'PUBLISHED' order by id");
    expect(addresses.slice(3)).toEqual(rows.map(({ slug }) => `https://school.example/courses/${slug}`));
  });

  test('becomes a list of files when one is too small, which name each course once', async () => {
    for (let index = 0; index < 5; index += 1) await aCourse(school.database, { chapters: [] });
    const files = addressesIn(await map(null, 2));
    expect(files.length).toBeGreaterThan(2);
    const named: string[] = [];
    for (const file of files) named.push(...addressesIn(await map(new URL(file).searchParams.get('part'), 2)));
    expect([...named].sort()).toEqual(addressesIn(await map()).sort());
    expect(new Set(named).size).toBe(named.length);
    await expect(map('nowhere')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('costs three queries as long as a school has less than a thousand courses', async () => {
    expect(await statementsOf(() => map())).toHaveLength(3);
  });
});

test('the feed names the newest courses first, in one query, with letters that XML allows', async () => {
  await aCourse(school.database, { slug: 'newest', title: 'Fish & <chips>\u0001', publishedAt: new Date('2026-09-01T00:00:00Z') });
  let feed = '';
  expect(
    await statementsOf(async () => {
      feed = await courseFeed(school.asGuest());
    }),
  ).toHaveLength(1);
  const [, first = ''] = feed.split('<entry>');
  expect(first).toContain('<title>Fish &amp; &lt;chips&gt;</title>');
  expect(first).toContain('href="https://school.example/courses/newest"');
});

test('crawlers are led to the sitemap and away from what is somebody’s own', () => {
  const text = robots();
  expect(text).toContain('\nSitemap: https://school.example/sitemap.xml\n');
  for (const place of ['/admin', '/settings', '/learn/', '/dashboard']) expect(text).toContain(`Disallow: ${place}\n`);
  expect(text).not.toMatch(/Disallow: \/(courses|files|icons)?\n/);
});

test('the school is installed with icons of the sizes that it names', async () => {
  const { icons } = manifest() as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of icons.filter((icon) => icon.src.endsWith('.png'))) {
    const { width, height, format } = await sharp(await schoolIcon(src.slice('/icons/'.length, -'.png'.length))).metadata();
    expect([format, `${width}x${height}`]).toEqual(['png', sizes]);
  }
  await expect(schoolIcon('toString')).rejects.toMatchObject({ code: 'not-found' });
});

describe('the poster of a course', () => {
  test.each([
    'Knots',
    'An unusually long title of a course that goes on and on, so that nobody would ever find the room for all of its words, however small',
    'ड्राइंग की शुरुआत',
    'Donaudampfschifffahrtsgesellschaftskapitänsmütze',
  ])('is a picture of the size that other sites show: %s', async (title) => {
    const { slug } = await aCourse(school.database, { title });
    const { png } = await socialImage(school.asGuest(), { slug });
    expect(await sharp(await png()).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
  });

  test('changes its tag with what it shows, and is drawn once', async () => {
    const { slug, id } = await aCourse(school.database);
    const [one, again] = [await socialImage(school.asGuest(), { slug }), await socialImage(school.asGuest(), { slug })];
    expect(again.tag).toBe(one.tag);
    expect(await again.png()).toBe(await one.png());
    await sql("update courses set title = 'Another' where id = $1", [id]);
    expect((await socialImage(school.asGuest(), { slug })).tag).not.toBe(one.tag);
  });

  test('is not there for a course that is not published', async () => {
    const { slug } = await aCourse(school.database, { status: 'DRAFT' });
    await expect(socialImage(school.asProgram(), { slug })).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('the mark of icons and posters is the one of the favicon', async () => {
  const favicon = await readFile('static/favicon.svg', 'utf8');
  const { markSvg } = await import('#ui/mark.ts');
  const shapes = (svg: string) => [...svg.matchAll(/ d="([^"]+)"/g)].map(([, shape]) => shape);
  expect(shapes(markSvg({ x: 0, y: 0, size: 32 }))).toEqual(shapes(favicon));
});
