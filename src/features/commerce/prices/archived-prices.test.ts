import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { copyCourse, exportCourse, importCourse, importNow, undoImport } from '#features/authoring/index.server.ts';
import type { Actor, Context } from '#platform/context.ts';
import type { CourseId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { importSchool } from '../../../../tests/support/import-school.ts';
import { unzip } from '../../../../tests/support/unzip.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { publishCourse, updateCourse } from '../../catalogue/index.server.ts';
import { pricesPage, setCoursePrice } from '../index.server.ts';

const { school, folderOf, rows } = importSchool();
let ina: Actor & { kind: 'person' };
let ctx: Context;
beforeEach(async () => {
  ina = await aPerson(school.database, 'INSTRUCTOR');
  ctx = school.database.context(ina);
});

const plain = { discountAmount: null, discountStartsAt: null, discountEndsAt: null, accessDays: null };
const euros = {
  currency: 'EUR',
  amount: 4900,
  discountAmount: 3900,
  discountStartsAt: new Date('2027-05-01T10:00:00.250Z'),
  discountEndsAt: new Date('2027-06-01T10:00:00Z'),
  accessDays: 365,
};

/** A course that costs something, and its archive. */
async function sold() {
  const { course } = await importCourse(ctx, { path: folderOf('knots', { 'course.md': '# Knots\n', 'a.md': '# A\n\nB.\n' }).path });
  await updateCourse(ctx, { courseId: course.id, isFree: false });
  await setCoursePrice(ctx, { slug: course.slug, ...euros });
  await setCoursePrice(ctx, { slug: course.slug, currency: 'JPY', amount: 7000, ...plain });
  const { content } = await exportCourse(ctx, { courseSlug: course.slug });
  return { course, path: await archiveOf(await buffer(content)) };
}

async function archiveOf(bytes: Uint8Array): Promise<string> {
  const path = join(folderOf('archives', {}).path, 'knots.zip');
  await writeFile(path, bytes);
  return path;
}

/** The same archive with another heart. */
async function changed(path: string, change: (document: Record<string, unknown>) => void): Promise<string> {
  const files = await unzip(await readFile(path));
  const document = JSON.parse(Buffer.from(files.get('course.json')!).toString());
  change(document);
  files.set('course.json', Buffer.from(JSON.stringify(document)));
  return archiveOf(zip([...files].map(([name, content]) => ({ name, content }))));
}

const keptPrices = (courseId: string) =>
  rows(
    `select currency, amount, discount_amount as "discountAmount", discount_starts_at as "discountStartsAt", discount_ends_at as "discountEndsAt",
            access_days as "accessDays" from prices where product_id in (select id from products where course_id = $1) order by currency`,
    courseId,
  );
const both = [euros, { currency: 'JPY', amount: 7000, ...plain }];

test('a course brings what it costs along: each currency with its window and days, at once good for publishing', async () => {
  const { path } = await sold();
  const other = school.database.context(await aPerson(school.database, 'INSTRUCTOR'));
  const report = await importCourse(other, { path, publish: true });
  expect(report).toMatchObject({ outcome: 'created', publishing: { kind: 'published' }, leftOut: [] });
  expect(report.cameIn).toContainEqual({ path: 'course.json (prices)', what: 'what it costs: a price in EUR, JPY' });
  expect(await keptPrices(report.course.id)).toEqual(both);
  expect(await pricesPage(other, { slug: report.course.slug })).toMatchObject({ isFree: false, mayEdit: true });
});

test('importing an archive again leaves what a course costs here as it is', async () => {
  const { path } = await sold();
  const { course } = await importCourse(ctx, { path });
  await setCoursePrice(ctx, { slug: course.slug, currency: 'JPY', amount: 9000, ...plain });
  await updateCourse(ctx, { courseId: course.id, isFree: true });
  expect(await importCourse(ctx, { path })).toMatchObject({
    outcome: 'unchanged',
    course: { id: course.id },
    leftOut: [{ path: 'course.json (prices)', what: 'what this course has here stays as it is' }],
  });
  expect(await keptPrices(course.id)).toMatchObject([euros, { currency: 'JPY', amount: 9000 }]);
  expect(await pricesPage(ctx, { slug: course.slug })).toMatchObject({ isFree: true });
});

test('an archive of before there were prices comes in, and waits for its price', async () => {
  const { path } = await sold();
  const old = await changed(path, (document) => {
    document.version = 1;
    document.beside = undefined;
  });
  const { course, publishing } = await importCourse(ctx, { path: old, publish: true });
  expect(publishing).toEqual({ kind: 'incomplete', missing: [expect.stringContaining('price')] });
  expect(await keptPrices(course.id)).toEqual([]);
});

test.each([
  ['twice in one currency', (prices: object[]) => [...prices, prices[0]]],
  ['lower than its discount', ([price]: object[]) => [{ ...price, discountAmount: 5000 }]],
  ['in no money', ([price]: object[]) => [{ ...price, currency: 'ABC' }]],
])('an archive whose price is %s is refused', async (_, change) => {
  const { path } = await sold();
  const damaged = await changed(path, (document) => {
    const { prices } = document.beside as { prices: object[] };
    document.beside = { prices: change(prices) };
  });
  await expect(importCourse(ctx, { path: damaged })).rejects.toThrow('does not say what it should at beside');
});

test('what a later school keeps beside a course is left out, and said', async () => {
  const { path } = await sold();
  const later = await changed(path, (document) => Object.assign(document.beside as object, { scent: 'sea' }));
  const { leftOut } = await importCourse(ctx, { path: later });
  expect(leftOut).toEqual([{ path: 'course.json (scent)', what: 'this school does not know what it is' }]);
});

test('undoing an import takes its prices, too; one that was changed since is asked about, and one that was ordered stays', async () => {
  const { path } = await sold();
  const first = await importNow(ctx, { path });
  await setCoursePrice(ctx, { slug: first.course.slug, currency: 'JPY', amount: 9000, ...plain });
  expect(await undoImport(ctx, { importId: first.importId })).toEqual({ kind: 'changed-since' });
  expect(await undoImport(ctx, { importId: first.importId, despiteChanges: true })).toEqual({ kind: 'undone' });
  expect(await rows('select from products where course_id = $1', first.course.id)).toEqual([]);
  const second = await importNow(ctx, { path });
  const [product] = await rows<{ id: string }>('select id from products where course_id = $1', second.course.id);
  await rows(
    `with o as (insert into orders (id, order_number, user_id, currency, original_amount, subtotal, total)
                values (gen_random_uuid(), 'LYC-TEST-1', $1, 'JPY', 7000, 7000, 7000) returning id)
     insert into order_items (id, order_id, product_id, title, product_snapshot, price, total) select gen_random_uuid(), id, $2, 'Knots', '{}', 7000, 7000 from o`,
    (await aPerson(school.database)).id,
    product!.id,
  );
  await expect(undoImport(ctx, { importId: second.importId, despiteChanges: true })).rejects.toThrow('This course is sold');
});

test('a copy costs what its course costs, and sells on its own', async () => {
  const { course } = await sold();
  const copy = await copyCourse(ctx, { courseId: course.id as CourseId, title: 'More knots' });
  expect(await keptPrices(copy.id)).toEqual(both);
  expect(await publishCourse(ctx, { courseId: copy.id })).toEqual({ kind: 'published' });
  await setCoursePrice(ctx, { slug: copy.slug, currency: 'JPY', amount: 1, ...plain });
  expect(await keptPrices(course.id)).toEqual(both);
});
