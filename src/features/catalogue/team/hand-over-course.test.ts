import { beforeEach, expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { aProductOf } from '../../../../tests/support/shop.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { deleteCourse, handOverCourse, saveDetails, teamPage } from '../index.server.ts';

const school = testSchool();
type Someone = Awaited<ReturnType<typeof aPerson>>;
const as = (who: Someone) => school.database.context(who);

let grace: Someone;
let ada: Someone;
beforeEach(async () => {
  grace = await aPerson(school.database, 'INSTRUCTOR', { name: 'Grace' });
  ada = await aPerson(school.database, 'INSTRUCTOR', { name: 'Ada' });
});

/** A course of Grace's that is sold, with somebody in its team. */
async function shared(member: Someone, role: 'CO_INSTRUCTOR' | 'ASSISTANT' = 'CO_INSTRUCTOR', share = 2500) {
  const course = await aCourse(school.database, { instructorId: grace.id, isFree: false });
  await aProductOf(school.database, { courses: [course] });
  await school.database.owner.query(
    'insert into course_instructors (course_id, user_id, role, revenue_share_basis_points) values ($1, $2, $3::course_instructor_role, $4)',
    [course.id, member.id, role, share],
  );
  return course;
}

test('a course is handed over with what it is sold as, and its owner takes the other’s part', async () => {
  const { id, slug } = await shared(ada);
  await handOverCourse(as(grace), { slug, userId: ada.id });
  expect(await teamPage(as(ada), { slug })).toMatchObject({
    owner: { name: 'Ada' },
    members: [{ name: 'Grace', role: 'CO_INSTRUCTOR', shareBasisPoints: 2500 }],
    mayLead: true,
  });
  expect(await teamPage(as(grace), { slug })).toMatchObject({ mayLead: false, isMember: true });
  expect(await saveDetails(as(grace), { slug, values: { subtitle: 'Still here' }, seen: {} })).toMatchObject({ kind: 'saved' });
  const { rows } = await school.database.owner.query('select owner_id from products where course_id = $1', [id]);
  expect(rows).toEqual([{ owner_id: ada.id }]);
  const { rows: deeds } = await school.database.owner.query(
    "select actor_id, subject_id from audit_log where action = 'catalogue.handedOver' order by at desc limit 1",
  );
  expect(deeds).toEqual([{ actor_id: grace.id, subject_id: ada.id }]);
  await expect(deleteCourse(as(grace), { courseId: id as CourseId })).rejects.toThrow('Only who owns this course deletes it.');
  // Pressed twice, the second is told: it is no longer theirs to give.
  await expect(handOverCourse(as(grace), { slug, userId: ada.id })).rejects.toMatchObject({ code: 'forbidden' });
});

test('both are told by mail, once, and who handed it over', async () => {
  const { slug } = await shared(ada);
  await handOverCourse(as(grace), { slug, userId: ada.id });
  await school.runJobs();
  const [toAda, toGrace] = [await school.mailsTo(ada.email), await school.mailsTo(grace.email)];
  expect([toAda.map(({ subject }) => subject), toGrace.map(({ subject }) => subject)]).toEqual([
    [`“The course ${slug}” is yours now`],
    [`“The course ${slug}” belongs to Ada now`],
  ]);
  expect(toAda[0]!.text).toContain(`Grace has handed “The course ${slug}” over to you`);
  expect(toAda[0]!.text).toMatch(new RegExp(`https?://\\S+/studio/courses/${slug}`));
  expect(toGrace[0]!.text).toContain(`You have handed “The course ${slug}” over to Ada`);

  const admin = await aPerson(school.database, 'ADMIN', { name: 'Ines' });
  await handOverCourse(as(admin), { slug, userId: grace.id });
  await school.runJobs();
  expect((await school.mailsTo(ada.email)).at(-1)?.text).toContain(`Ines has handed “The course ${slug}” over to Grace`);
  expect((await school.mailsTo(grace.email)).at(-1)?.text).toContain(`Ines has handed “The course ${slug}” over to you`);
});

test('an admin hands over the course of somebody who has gone', async () => {
  const { slug } = await shared(ada);
  await school.database.owner.query("update users set role = 'STUDENT' where id = $1", [grace.id]);
  const admin = await aPerson(school.database, 'ADMIN');
  await handOverCourse(as(admin), { slug, userId: ada.id });
  expect(await teamPage(as(ada), { slug })).toMatchObject({ owner: { name: 'Ada' } });
});

test.each([
  ['an assistant', async () => [await aPerson(school.database, 'INSTRUCTOR'), 'ASSISTANT'] as const],
  ['a student who helps to teach', async () => [await aPerson(school.database), 'CO_INSTRUCTOR'] as const],
])('%s is given no course', async (_, someone) => {
  const [member, role] = await someone();
  const { slug } = await shared(member, role, 0);
  await expect(handOverCourse(as(grace), { slug, userId: member.id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(handOverCourse(as(grace), { slug, userId: ada.id })).rejects.toMatchObject({ code: 'not-found' });
  expect(await teamPage(as(grace), { slug })).toMatchObject({ owner: { name: 'Grace' } });
});

test('nobody takes a course that is not theirs: not its team, not beneath the program', async () => {
  const { id, slug } = await shared(ada);
  await expect(handOverCourse(as(ada), { slug, userId: ada.id })).rejects.toMatchObject({ code: 'forbidden' });
  const stranger = await aPerson(school.database, 'INSTRUCTOR');
  await expect(handOverCourse(as(stranger), { slug, userId: stranger.id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(
    inTransaction(as(ada), (ctx) => ctx.db.prisma.$queryRawUnsafe(`select hand_over_course('${id}', '${ada.id}', now())`)),
  ).rejects.toThrow(/not theirs to hand over/);
});
