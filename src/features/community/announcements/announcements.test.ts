import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { enrollInCourse } from '../../learning/index.server.ts';
import { announce, announcementsPage } from '../index.server.ts';

const database = testDatabase();
const school = testProcess(database);

type Someone = Awaited<ReturnType<typeof aPerson>>;
const words = { title: 'A new chapter', content: 'It is **here**.\n\nCome and see.' };

async function aClass(count = 2, status: 'PUBLISHED' | 'DRAFT' = 'PUBLISHED') {
  const owner = await aPerson(database, 'INSTRUCTOR', { name: 'Grace' });
  const course = await aCourse(database, { instructorId: owner.id, status });
  const students: Someone[] = [];
  for (let number = 0; number < count; number += 1) {
    const student = await aPerson(database);
    students.push(student);
    await enrollInCourse(database.context(student, new Date()), { courseSlug: course.slug });
  }
  return { owner, slug: course.slug, courseId: course.id, students, ctx: database.context(owner, new Date()) };
}

const subjectsTo = async (who: Someone) => (await school.mailsTo(who.email)).map(({ subject }) => subject);

test('everybody in the course gets an announcement once, also when the form came twice', async () => {
  const { ctx, slug, students } = await aClass();
  const id = newId();
  for (let time = 0; time < 2; time += 1) await announce(ctx, { slug, id, ...words });
  await school.runJobs();
  for (const student of students) expect(await subjectsTo(student)).toEqual([`A new chapter (The course ${slug})`]);
  expect((await school.mailsTo(students[0]!.email))[0]!.text).toContain('Come and see.');
  expect((await announcementsPage(ctx, { slug })).announcements).toMatchObject([
    { title: 'A new chapter', isSent: true, recipientCount: 2, by: 'Grace' },
  ]);
});

test('a large course is written to in parts, and a run that is repeated writes to nobody twice', async () => {
  const { ctx, slug, courseId, students } = await aClass(1);
  await database.owner.query(
    `with people as (insert into users (id, name, email, email_verified) select gen_random_uuid(), 'Learner ' || n, 'crowd' || n || '@school.test', true
                       from generate_series(1, 450) n returning id),
          grants as (insert into access_grants (id, user_id, course_id, source, starts_at) select gen_random_uuid(), id, $1, 'FREE', '2026-01-01' from people)
     insert into enrollments (id, user_id, course_id) select gen_random_uuid(), id, $1 from people`,
    [courseId],
  );
  const id = newId();
  await announce(ctx, { slug, id, ...words });
  await database.owner.query('insert into announcement_deliveries (announcement_id, user_id) values ($1, $2)', [id, students[0]!.id]);
  await school.runJobs();
  const { rows } = await database.owner.query(
    'select count(*)::int as deliveries from announcement_deliveries where announcement_id = $1',
    [id],
  );
  expect(rows).toEqual([{ deliveries: 451 }]);
  expect((await announcementsPage(ctx, { slug })).announcements).toMatchObject([{ isSent: true, recipientCount: 450 }]);
  expect(await subjectsTo(students[0]!)).toEqual([]);
});

test('who has no access any more, or wants no announcements, is left in peace', async () => {
  const { ctx, slug, courseId, students } = await aClass(3);
  const [gone, silent, there] = students as [Someone, Someone, Someone];
  await database.owner.query('update access_grants set revoked_at = now() where course_id = $1 and user_id = $2', [courseId, gone.id]);
  await database.owner.query(
    `insert into user_preferences (id, user_id, notifications) values (gen_random_uuid(), $1, '{"announcement":{"email":false}}')`,
    [silent.id],
  );
  await announce(ctx, { slug, id: newId(), ...words });
  await school.runJobs();
  expect([await subjectsTo(gone), await subjectsTo(silent), (await subjectsTo(there)).length]).toEqual([[], [], 1]);
});

test('assistants read what was announced and announce nothing; to everybody else the course is not there', async () => {
  const { slug, courseId, ctx } = await aClass(0);
  const [assistant, stranger] = [await aPerson(database), await aPerson(database, 'INSTRUCTOR')];
  await database.owner.query("insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')", [
    courseId,
    assistant.id,
  ]);
  expect(await announcementsPage(database.context(assistant), { slug })).toMatchObject({ mayAnnounce: false });
  await expect(announce(database.context(assistant), { slug, id: newId(), ...words })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(announce(database.context(stranger), { slug, id: newId(), ...words })).rejects.toMatchObject({ code: 'not-found' });
  await expect(announcementsPage(database.context(stranger), { slug })).rejects.toMatchObject({ code: 'not-found' });
  await expect(announce(ctx, { slug, id: newId(), title: ' ', content: '' })).rejects.toMatchObject({ code: 'invalid' });
  expect(await statementsOf(() => announcementsPage(ctx, { slug }))).toHaveLength(2);
});

test('nobody is written to about a draft', async () => {
  const { ctx, slug } = await aClass(0, 'DRAFT');
  await expect(announce(ctx, { slug, id: newId(), ...words })).rejects.toMatchObject({ code: 'conflict' });
});
