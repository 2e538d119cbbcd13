import { expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { aProductOf, aSettledOrder } from '../../../../tests/support/shop.ts';
import { grantAccess, resumeAccess, revokeAccess, suspendAccess } from './purchased-access.ts';

const database = testDatabase();

const now = new Date('2026-05-06T10:00:00Z');
const asSchool = (work: Parameters<typeof inTransaction<void>>[1]) => inTransaction(database.context(system, now), work);

/** A bundle of two courses and one of them alone, bought by the same person in two orders. */
async function boughtTwice() {
  const bundle = await aProductOf(database, { type: 'BUNDLE' });
  const course = await aProductOf(database, { courses: [bundle.courses[0]!] });
  const first = await aSettledOrder(database, { items: [bundle] });
  const second = await aSettledOrder(database, { items: [course], buyer: first.buyer });
  return { buyer: first.buyer, courses: bundle.courses, bundleItem: first.items[0]!.id, courseItem: second.items[0]!.id };
}

async function statesOf(userId: string, courses: { id: string }[]) {
  const { rows } = await database.owner.query<{ id: string; status: string }>(
    'select course_id as id, status from enrollments where user_id = $1',
    [userId],
  );
  return courses.map((course) => rows.find(({ id }) => id === course.id)?.status);
}

test('a bundle that is refunded keeps the course that another purchase opens, and closes the rest', async () => {
  const { buyer, courses, bundleItem, courseItem } = await boughtTwice();
  await asSchool((ctx) => revokeAccess(ctx, { orderItemId: bundleItem, reason: 'Refunded' }));
  expect(await statesOf(buyer.id, courses)).toEqual(['ACTIVE', 'CANCELLED']);
  await asSchool((ctx) => revokeAccess(ctx, { orderItemId: courseItem, reason: 'Refunded' }));
  await asSchool((ctx) => revokeAccess(ctx, { orderItemId: courseItem, reason: 'Refunded' }));
  expect(await statesOf(buyer.id, courses)).toEqual(['CANCELLED', 'CANCELLED']);
});

test('what is held back comes back as it was; what was taken for good meanwhile does not', async () => {
  const { buyer, courses, bundleItem } = await boughtTwice();
  await database.owner.query(
    "update enrollments set status = 'COMPLETED', completed_at = $2, progress_percent = 100 where course_id = $1",
    [courses[1]!.id, now],
  );
  await asSchool((ctx) => suspendAccess(ctx, { orderItemId: bundleItem }));
  expect(await statesOf(buyer.id, courses)).toEqual(['ACTIVE', 'CANCELLED']);
  await asSchool((ctx) => resumeAccess(ctx, { orderItemId: bundleItem }));
  expect(await statesOf(buyer.id, courses)).toEqual(['ACTIVE', 'COMPLETED']);
  await asSchool((ctx) => suspendAccess(ctx, { orderItemId: bundleItem }));
  await asSchool((ctx) => revokeAccess(ctx, { orderItemId: bundleItem, reason: 'Refunded' }));
  await asSchool((ctx) => resumeAccess(ctx, { orderItemId: bundleItem }));
  expect(await statesOf(buyer.id, courses)).toEqual(['ACTIVE', 'CANCELLED']);
});

test('access given twice, by two at the same moment, is one grant, and one student more', async () => {
  const { bundleItem, courses } = await boughtTwice();
  const friend = await aPerson(database);
  const give = () =>
    asSchool(async (ctx) => {
      await grantAccess(ctx, {
        userId: friend.id,
        courseId: courses[0]!.id as CourseId,
        source: 'GIFT',
        orderItemId: bundleItem,
        amount: 0,
        currency: 'USD',
        startsAt: now,
        expiresAt: null,
      });
    });
  await Promise.all([give(), give(), give()]);
  const { rows } = await database.owner.query(
    `select (select count(*)::int from access_grants where user_id = $1) as grants, (select count(*)::int from enrollments where user_id = $1) as enrollments,
            (select student_count from courses where id = $2) as students`,
    [friend.id, courses[0]!.id],
  );
  expect(rows).toEqual([{ grants: 1, enrollments: 1, students: 1 }]);
});

test('a seat that is taken from one person leaves the others their access', async () => {
  const { buyer, bundleItem, courses } = await boughtTwice();
  const friend = await aPerson(database);
  const course = courses[1]!;
  await asSchool(async (ctx) => {
    const seat = {
      courseId: course.id as CourseId,
      source: 'PURCHASE',
      orderItemId: bundleItem,
      amount: 0,
      currency: 'USD',
      startsAt: now,
    } as const;
    await grantAccess(ctx, { ...seat, userId: friend.id, expiresAt: null });
  });
  await asSchool((ctx) => revokeAccess(ctx, { orderItemId: bundleItem, userId: friend.id, reason: 'The seat was moved' }));
  expect(await statesOf(friend.id, [course])).toEqual(['CANCELLED']);
  expect(await statesOf(buyer.id, [course])).toEqual(['ACTIVE']);
});
