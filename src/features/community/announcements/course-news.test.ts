import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { enrollInCourse } from '../../learning/index.server.ts';
import { announce, courseNews } from '../index.server.ts';

const school = testSchool();

async function aClass() {
  const owner = await aPerson(school.database, 'INSTRUCTOR', { name: 'Grace' });
  const course = await aCourse(school.database, { instructorId: owner.id });
  const student = await aPerson(school.database);
  const ctx = school.database.context(student, new Date());
  await enrollInCourse(ctx, { courseSlug: course.slug });
  return { course, slug: course.slug, teacher: school.database.context(owner, new Date()), ctx, student };
}

test('a student reads in the course what was announced, also what came before they did', async () => {
  const { slug, teacher, ctx } = await aClass();
  expect(await courseNews(ctx, { slug })).toMatchObject({ announcements: [], next: null });
  for (const title of ['First', 'Second']) await announce(teacher, { slug, id: newId(), title, content: 'It is **here**.' });
  const later = school.database.context(await aPerson(school.database), new Date());
  await enrollInCourse(later, { courseSlug: slug });
  for (const reader of [ctx, later, teacher])
    expect((await courseNews({ ...reader, now: new Date() }, { slug })).announcements).toMatchObject([
      { title: 'Second', by: 'Grace', contentHtml: expect.stringContaining('<strong>here</strong>') },
      { title: 'First' },
    ]);
  expect(await statementsOf(() => courseNews(ctx, { slug }))).toHaveLength(2);
});

test('what was announced is read page by page', async () => {
  const { slug, teacher, ctx } = await aClass();
  const course = await courseNews(teacher, { slug });
  expect(course.announcements).toEqual([]);
  await school.database.owner.query(
    `insert into announcements (id, author_id, course_id, title, content, published_at)
     select gen_random_uuid(), c.instructor_id, c.id, 'No. ' || n, 'x', '2026-01-01' from courses c, generate_series(1, 45) n where c.slug = $1`,
    [slug],
  );
  const seen: string[] = [];
  for (let before: string | null = null, more = true; more; more = before !== null) {
    const page = await courseNews(ctx, { slug, before });
    seen.push(...page.announcements.map(({ title }) => title));
    before = page.next;
  }
  expect(new Set(seen).size).toBe(45);
  expect(seen).toHaveLength(45);
});

test('to who is not in the course, and to who was, its announcements are not there', async () => {
  const { slug, teacher, ctx, student, course } = await aClass();
  await announce(teacher, { slug, id: newId(), title: 'Inside', content: 'x' });
  const others = [
    school.database.context(await aPerson(school.database)),
    school.database.context(await aPerson(school.database, 'INSTRUCTOR')),
  ];
  for (const other of others) await expect(courseNews(other, { slug })).rejects.toMatchObject({ code: 'not-found' });
  await expect(courseNews(school.asGuest(), { slug })).rejects.toMatchObject({ code: 'sign-in-required' });
  await school.database.owner.query('update access_grants set revoked_at = now() where user_id = $1 and course_id = $2', [
    student.id,
    course.id,
  ]);
  await expect(courseNews(ctx, { slug })).rejects.toMatchObject({ code: 'not-found' });
});
