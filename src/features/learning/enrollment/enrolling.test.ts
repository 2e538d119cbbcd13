import { expect, test } from 'vitest';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { enrollInCourse } from '../index.server.ts';

const database = testDatabase({ poolSize: 12 });

async function kept(courseId: string) {
  const { rows } = await database.owner.query<{ grants: number; enrollments: number; students: number }>(
    `select (select count(*)::int from access_grants where course_id = $1) as grants, (select count(*)::int from enrollments where course_id = $1) as enrollments,
            (select student_count from courses where id = $1) as students`,
    [courseId],
  );
  return rows[0];
}

const setStatus = (courseId: string, status: string, completedAt: string | null = null) =>
  database.owner.query('update enrollments set status = $2, completed_at = $3 where course_id = $1', [courseId, status, completedAt]);

test('a student enrolls in a free course in one step, and is counted', async () => {
  const course = await aCourse(database);
  const student = await aPerson(database);
  expect(await enrollInCourse(database.context(student), { courseSlug: course.slug })).toEqual({ kind: 'enrolled' });
  expect(await kept(course.id)).toEqual({ grants: 1, enrollments: 1, students: 1 });
});

test('enrolling again changes nothing', async () => {
  const course = await aCourse(database);
  const ctx = database.context(await aPerson(database));
  await enrollInCourse(ctx, { courseSlug: course.slug });
  expect(await enrollInCourse(ctx, { courseSlug: course.slug })).toEqual({ kind: 'already' });
  expect(await kept(course.id)).toEqual({ grants: 1, enrollments: 1, students: 1 });
});

test('pressed in many windows at once, it is one enrollment, one grant, counted once', async () => {
  await Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.01)')));
  for (let round = 0; round < 20; round += 1) {
    const course = await aCourse(database);
    const student = await aPerson(database);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => enrollInCourse(database.context(student), { courseSlug: course.slug })),
    );
    expect(answers.filter((answer) => answer.kind === 'enrolled')).toHaveLength(1);
    expect(answers.filter((answer) => answer.kind === 'already')).toHaveLength(7);
    expect(await kept(course.id)).toEqual({ grants: 1, enrollments: 1, students: 1 });
  }
});

test('students who enroll at the same moment are all counted, in the course and in its categories', async () => {
  const course = await aCourse(database);
  const { rows } = await database.owner.query<{ id: string }>(
    `insert into categories (id, name, slug) select gen_random_uuid(), 'Field ' || n, 'field-' || n from generate_series(1, 3) n returning id`,
  );
  for (const { id } of rows)
    await database.owner.query('insert into course_categories (course_id, category_id) values ($1, $2)', [course.id, id]);
  const students = await Promise.all(Array.from({ length: 24 }, () => aPerson(database)));
  await Promise.all(students.map((student) => enrollInCourse(database.context(student), { courseSlug: course.slug })));
  expect(await kept(course.id)).toEqual({ grants: 24, enrollments: 24, students: 24 });
  const categories = await database.owner.query('select student_count from categories where id = any($1)', [rows.map((row) => row.id)]);
  expect(categories.rows).toEqual([{ student_count: 24 }, { student_count: 24 }, { student_count: 24 }]);
});

test('a course that costs something is refused with the word that it must be bought, and nothing is kept', async () => {
  const course = await aCourse(database, { isFree: false });
  expect(await enrollInCourse(database.context(await aPerson(database)), { courseSlug: course.slug })).toEqual({ kind: 'purchase' });
  expect(await kept(course.id)).toEqual({ grants: 0, enrollments: 0, students: 0 });
});

test('a guest is asked to sign in', async () => {
  const course = await aCourse(database);
  await expect(enrollInCourse(database.context(guest), { courseSlug: course.slug })).rejects.toMatchObject({ code: 'sign-in-required' });
});

test.each(['DRAFT', 'ARCHIVED'] as const)('a course that is %s looks like none to a stranger', async (status) => {
  const course = await aCourse(database, { status });
  const enrolling = enrollInCourse(database.context(await aPerson(database)), { courseSlug: course.slug });
  await expect(enrolling).rejects.toMatchObject({ code: 'not-found' });
});

test('who left comes back to what they had, and is not counted twice', async () => {
  const course = await aCourse(database);
  const ctx = database.context(await aPerson(database));
  await enrollInCourse(ctx, { courseSlug: course.slug });
  await setStatus(course.id, 'CANCELLED', '2026-04-01T00:00:00Z');
  await database.owner.query('update access_grants set revoked_at = now() where course_id = $1', [course.id]);
  expect(await enrollInCourse(ctx, { courseSlug: course.slug })).toEqual({ kind: 'enrolled' });
  const { rows } = await database.owner.query('select status, completed_at from enrollments where course_id = $1', [course.id]);
  expect(rows).toEqual([{ status: 'COMPLETED', completed_at: new Date('2026-04-01T00:00:00Z') }]);
  expect(await kept(course.id)).toEqual({ grants: 2, enrollments: 1, students: 1 });
});

test('who was suspended cannot let themselves in again', async () => {
  const course = await aCourse(database);
  const ctx = database.context(await aPerson(database));
  await enrollInCourse(ctx, { courseSlug: course.slug });
  await setStatus(course.id, 'SUSPENDED');
  await database.owner.query('update access_grants set revoked_at = now() where course_id = $1', [course.id]);
  expect(await enrollInCourse(ctx, { courseSlug: course.slug })).toEqual({ kind: 'suspended' });
});
