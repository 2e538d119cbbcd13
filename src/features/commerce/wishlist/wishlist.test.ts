import { expect, test } from 'vitest';
import type { UserId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { guest, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { categoryPage, courseList, coursePage } from '../../catalogue/index.server.ts';
import { courseStanding, enrollInCourse } from '../../learning/index.server.ts';
import { addWish, ownWishes, removeWish, wishlistPage } from '../index.server.ts';

const database = testDatabase();
testProcess(database);

type Someone = Awaited<ReturnType<typeof aPerson>>;
const add = (person: Someone, slug: string) => addWish(database.context(person), { slug });
const listOf = async (person: Someone, wish: Parameters<typeof wishlistPage>[1] = {}) => wishlistPage(database.context(person), wish);
const slugsOf = async (person: Someone) => (await listOf(person)).courses.map(({ slug }) => slug);

test('a wish pressed twice at once, by two people, is one row each, and one product', async () => {
  const course = await aCourse(database, { slug: 'wanted' });
  const [ada, bo] = [await aPerson(database), await aPerson(database)];
  await Promise.all([add(ada, 'wanted'), add(ada, 'wanted'), add(bo, 'wanted'), add(bo, 'wanted')]);
  expect([await slugsOf(ada), await slugsOf(bo)]).toEqual([['wanted'], ['wanted']]);
  const { rows } = await database.owner.query('select type, owner_id, name, slug, status from products where course_id = $1', [course.id]);
  expect(rows).toEqual([{ type: 'COURSE', owner_id: course.instructorId, name: 'The course wanted', slug: 'wanted', status: 'PRIVATE' }]);
});

test('a course whose name a bundle has already is wished for all the same', async () => {
  const { instructorId } = await aCourse(database, { slug: 'taken' });
  await database.owner.query(
    "insert into products (id, type, owner_id, name, slug) values (gen_random_uuid(), 'BUNDLE', $1, 'Taken', 'taken')",
    [instructorId],
  );
  const ada = await aPerson(database);
  await add(ada, 'taken');
  expect(await slugsOf(ada)).toEqual(['taken']);
});

test('what is not offered is not wished for, nor by a guest', async () => {
  await aCourse(database, { slug: 'secret', status: 'DRAFT' });
  const ada = await aPerson(database);
  for (const slug of ['secret', 'nothing', '']) await expect(add(ada, slug)).rejects.toMatchObject({ code: 'not-found' });
  await expect(addWish(database.context(guest), { slug: 'wanted' })).rejects.toMatchObject({ code: 'sign-in-required' });
  expect(await ownWishes(database.context(guest))).toBeNull();
});

test('an admin who acts as somebody else changes nothing of their wishes', async () => {
  const ada = await aPerson(database);
  await add(ada, 'wanted');
  const session = { impersonator: { id: 'admin' as UserId, name: 'Ines' } } as Someone['session'];
  const acting = { ...ada, session };
  await expect(add(acting, 'taken')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(removeWish(database.context(acting), { slug: 'wanted' })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await ownWishes(database.context(acting))).toBeNull();
});

test('a wish is taken off, again and again, and only by its person', async () => {
  const [ada, bo] = [await aPerson(database), await aPerson(database)];
  for (const person of [ada, bo]) await add(person, 'wanted');
  for (let time = 0; time < 2; time += 1) await removeWish(database.context(ada), { slug: 'wanted' });
  expect([await slugsOf(ada), await slugsOf(bo)]).toEqual([[], ['wanted']]);
});

test('what somebody has joined, or what is offered no more, waits unseen', async () => {
  await aCourse(database, { slug: 'joined' });
  const archived = await aCourse(database, { slug: 'archived' });
  const ada = await aPerson(database);
  for (const slug of ['joined', 'archived', 'wanted']) await add(ada, slug);
  await enrollInCourse(database.context(ada), { courseSlug: 'joined' });
  await database.owner.query("update courses set status = 'ARCHIVED' where id = $1", [archived.id]);
  expect(await slugsOf(ada)).toEqual(['wanted']);
});

test('what was asked for by its address is named, until it is on the list', async () => {
  const ada = await aPerson(database);
  expect((await listOf(ada, { asked: 'wanted' })).asked).toEqual({ slug: 'wanted', title: 'The course wanted' });
  expect((await listOf(ada, { asked: 'secret' })).asked).toBeNull();
  await add(ada, 'wanted');
  expect((await listOf(ada, { asked: 'wanted' })).asked).toBeNull();
});

test('the list goes on by key, costs two queries however long it is, and ends at 200', async () => {
  const ada = await aPerson(database);
  const { instructorId } = await aCourse(database);
  await database.owner.query(
    `insert into courses (id, title, slug, status, published_at, instructor_id)
     select gen_random_uuid(), 'Many ' || n, 'many-' || n, 'PUBLISHED', now(), $1 from generate_series(1, 201) n`,
    [instructorId],
  );
  for (let number = 1; number <= 14; number += 1) await add(ada, `many-${number}`);
  const first = await listOf(ada);
  const second = await listOf(ada, { before: first.next });
  expect([first.courses.length, first.courses[0]?.slug, second.courses.length, second.next]).toEqual([12, 'many-14', 2, null]);
  expect(await statementsOf(() => listOf(ada))).toHaveLength(2);
  for (let number = 15; number <= 200; number += 1) await add(ada, `many-${number}`);
  await expect(add(ada, 'many-201')).rejects.toMatchObject({ code: 'conflict' });
  expect(await statementsOf(() => listOf(ada))).toHaveLength(2);
});

test('pages with hearts cost three queries at the most, and a guest’s none for the hearts', async () => {
  const ada = await aPerson(database);
  await database.owner.query("insert into categories (id, name, slug) values (gen_random_uuid(), 'Field', 'field')");
  const pages: ((ctx: ReturnType<TestDatabase['context']>) => Promise<unknown>)[] = [
    (ctx) => courseList(ctx, {}),
    (ctx) => categoryPage(ctx, { slug: 'field' }),
    (ctx) => Promise.all([coursePage(ctx, { slug: 'wanted' }), courseStanding(ctx, { slug: 'wanted' })]),
  ];
  for (const page of pages) {
    for (const [actor, heart] of [
      [ada, 1],
      [guest, 0],
    ] as const) {
      const ctx = database.context(actor);
      const alone = (await statementsOf(() => page(ctx))).length;
      const all = (await statementsOf(() => Promise.all([page(ctx), ownWishes(ctx)]))).length;
      expect([all - alone, all <= 3]).toEqual([heart, true]);
    }
  }
});

test('somebody’s own page knows what they have joined, so that it is not recommended to them', async () => {
  await aCourse(database, { slug: 'first-steps' });
  await aCourse(database, { slug: 'next-steps' });
  const ada = await aPerson(database);
  await enrollInCourse(database.context(ada), { courseSlug: 'first-steps' });
  expect(await courseStanding(database.context(ada), { slug: 'next-steps' })).toMatchObject({ joined: ['first-steps'] });
  expect(await courseStanding(database.context(guest), { slug: 'next-steps' })).toMatchObject({ joined: [] });
});
