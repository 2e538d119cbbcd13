import { beforeAll, expect, test } from 'vitest';
import { aCourse, aPerson, joinCourse } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { publishCourse } from '../../catalogue/index.server.ts';
import { offerCourse, pricesPage, removeCoursePrice, setCoursePrice } from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let owner: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
});

const mine = () => database.context(owner);
const plain = { discountAmount: null, discountStartsAt: null, discountEndsAt: null, accessDays: null };
const aDraft = async () => {
  const course = await aCourse(database, { instructorId: owner.id, status: 'DRAFT', isFree: false });
  await database.owner.query('update courses set lesson_count = 1 where id = $1', [course.id]);
  return course;
};

test('a draft gets its price, one for each currency, with that currency’s own decimals', async () => {
  const { slug } = await aDraft();
  await setCoursePrice(mine(), { slug, currency: 'USD', amount: 4900, ...plain });
  await setCoursePrice(mine(), { slug, currency: 'USD', amount: 5900, ...plain, discountAmount: 3900, accessDays: 365 });
  await setCoursePrice(mine(), { slug, currency: 'JPY', amount: 7500, ...plain });
  await setCoursePrice(mine(), { slug, currency: 'KWD', amount: 15_250, ...plain });
  const { prices } = await pricesPage(mine(), { slug });
  expect(prices.map(({ inWords, discountInWords }) => [inWords, discountInWords])).toEqual([
    ['¥7,500', null],
    ['KWD\u00a015.250', null],
    ['$59.00', '$39.00'],
  ]);
  expect(prices[2]?.typed).toMatchObject({ amount: '59.00', discountAmount: '39.00', accessDays: '365' });
  expect(await statementsOf(() => pricesPage(mine(), { slug }))).toHaveLength(1);
});

test('two who set the first price at once make one product with both prices', async () => {
  const { id, slug } = await aDraft();
  await Promise.all(['USD', 'EUR'].map((currency) => setCoursePrice(mine(), { slug, currency, amount: 100, ...plain })));
  const { rows } = await database.owner.query(
    'select count(distinct p.id)::int as products, count(*)::int as prices from products p join prices r on r.product_id = p.id where p.course_id = $1',
    [id],
  );
  expect(rows).toEqual([{ products: 1, prices: 2 }]);
});

test('a course with a price is published, and keeps one while it is', async () => {
  const { id, slug } = await aDraft();
  expect(await publishCourse(mine(), { courseId: id as never })).toMatchObject({ kind: 'incomplete' });
  await setCoursePrice(mine(), { slug, currency: 'EUR', amount: 4900, ...plain });
  expect(await publishCourse(mine(), { courseId: id as never })).toEqual({ kind: 'published' });
  await expect(removeCoursePrice(mine(), { slug, currency: 'EUR' })).rejects.toMatchObject({ code: 'conflict' });
  await offerCourse(mine(), { slug, isFree: true });
  await removeCoursePrice(mine(), { slug, currency: 'EUR' });
  await expect(offerCourse(mine(), { slug, isFree: false })).rejects.toMatchObject({ code: 'conflict' });
});

test('a price that makes no sense is refused at its field', async () => {
  const { slug } = await aDraft();
  const set = (wrong: object) => setCoursePrice(mine(), { slug, currency: 'EUR', amount: 4900, ...plain, ...wrong });
  const [may, june] = [new Date('2026-05-01'), new Date('2026-06-01')];
  await expect(set({ amount: 0 })).rejects.toMatchObject({ fields: { amount: expect.any(String) } });
  await expect(set({ currency: 'ABC' })).rejects.toMatchObject({ fields: { currency: expect.any(String) } });
  await expect(set({ discountAmount: 4900 })).rejects.toMatchObject({ fields: { discountAmount: expect.any(String) } });
  await expect(set({ discountEndsAt: june })).rejects.toMatchObject({ fields: { discountAmount: expect.any(String) } });
  await expect(set({ discountAmount: 1, discountStartsAt: june, discountEndsAt: may })).rejects.toMatchObject({
    fields: { discountEndsAt: expect.any(String) },
  });
  await expect(set({ accessDays: 0 })).rejects.toMatchObject({ fields: { accessDays: expect.any(String) } });
  expect((await pricesPage(mine(), { slug })).prices).toEqual([]);
});

test('a co-instructor sets prices, an assistant sees them, and to others the course is not there', async () => {
  const { id, slug } = await aDraft();
  const [co, assistant, stranger] = [await aPerson(database), await aPerson(database), await aPerson(database, 'INSTRUCTOR')];
  await joinCourse(database, id, co.id, 'CO_INSTRUCTOR');
  await joinCourse(database, id, assistant.id, 'ASSISTANT');
  for (let time = 0; time < 2; time += 1) await setCoursePrice(database.context(co), { slug, currency: 'EUR', amount: 100, ...plain });
  await removeCoursePrice(database.context(co), { slug, currency: 'EUR' });
  expect(await pricesPage(database.context(assistant), { slug })).toMatchObject({ mayEdit: false });
  await expect(pricesPage(database.context(stranger), { slug })).rejects.toMatchObject({ code: 'not-found' });
  for (const actor of [assistant, stranger]) {
    const ctx = database.context(actor);
    await expect(setCoursePrice(ctx, { slug, currency: 'EUR', amount: 1, ...plain })).rejects.toMatchObject({ code: 'not-found' });
    await expect(removeCoursePrice(ctx, { slug, currency: 'EUR' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(offerCourse(ctx, { slug, isFree: true })).rejects.toMatchObject({ code: 'not-found' });
  }
});
