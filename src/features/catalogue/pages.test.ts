import { describe, expect, test } from 'vitest';
import { aCourse, aPerson } from '../../../tests/support/courses.ts';
import { guest, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { statementsOf } from '../../../tests/support/statements.ts';
import { coursePage } from './index.server.ts';

const database = testDatabase();

describe('a course’s page', () => {
  const page = (slug: string, actor: Parameters<TestDatabase['context']>[0] = guest) => coursePage(database.context(actor), { slug });

  test('shows its lessons in order with their lengths, and none that learners would not see', async () => {
    await aCourse(database, {
      slug: 'whole',
      chapters: [
        {
          lessons: [
            { slug: 'one', type: 'VIDEO', seconds: 245, visibility: 'PREVIEW' },
            { slug: 'hidden', visibility: 'PRIVATE' },
            { slug: 'two' },
          ],
        },
        { published: false, lessons: [{ slug: 'unpublished' }] },
        { isFree: true, lessons: [{ slug: 'three' }, { slug: 'later', published: false }] },
      ],
    });
    const { outline } = await page('whole');
    expect(outline.map((chapter) => chapter.lessons.map((lesson) => [lesson.slug, lesson.length, lesson.isPreview]))).toEqual([
      [
        ['one', '4 min', true],
        ['two', null, false],
      ],
      [['three', null, true]],
    ]);
  });

  test('names who teaches it, the owner first, and no assistant', async () => {
    const owner = await aPerson(database, 'INSTRUCTOR', { name: 'Zoe' });
    const second = await aPerson(database, 'INSTRUCTOR', { name: 'Abel' });
    const assistant = await aPerson(database, 'INSTRUCTOR', { name: 'Bea' });
    const course = await aCourse(database, { slug: 'taught', instructorId: owner.id });
    await database.owner.query(
      `insert into course_instructors (course_id, user_id, role) values ($1, $2, 'CO_INSTRUCTOR'), ($1, $3, 'ASSISTANT')`,
      [course.id, second.id, assistant.id],
    );
    await database.owner.query("update users set bio = 'I teach *calmly*. <b>Really</b>.' where name = 'Zoe'");
    expect((await page('taught')).instructors.map((instructor) => instructor.bioHtml)).toEqual([
      '<p>I teach <em>calmly</em>. &lt;b&gt;Really&lt;/b&gt;.</p>',
      null,
    ]);
    expect((await page('taught')).instructors.map((instructor) => instructor.name)).toEqual(['Zoe', 'Abel']);
  });

  test.each(['DRAFT', 'ARCHIVED'] as const)(
    'that is %s is there for who teaches it and for admins, and for nobody else',
    async (status) => {
      const slug = `course-${status.toLowerCase()}`;
      const course = await aCourse(database, { slug, status });
      const assistant = await aPerson(database, 'INSTRUCTOR');
      await database.owner.query(`insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')`, [
        course.id,
        assistant.id,
      ]);
      const teacher = { ...(await aPerson(database, 'INSTRUCTOR')), id: course.instructorId };
      for (const actor of [teacher, assistant, await aPerson(database, 'ADMIN')])
        expect((await page(slug, actor)).state).toBe(status.toLowerCase());
      for (const actor of [guest, await aPerson(database), await aPerson(database, 'INSTRUCTOR')])
        await expect(page(slug, actor)).rejects.toMatchObject({ code: 'not-found' });
    },
  );

  test('costs one query, as many for a long course as for a short one', async () => {
    await aCourse(database, { slug: 'short' });
    await aCourse(database, {
      slug: 'long',
      chapters: Array.from({ length: 8 }, () => ({ lessons: Array.from({ length: 8 }, () => ({})) })),
    });
    const counts = [];
    for (const slug of ['short', 'long']) counts.push((await statementsOf(() => page(slug))).length);
    expect(counts).toEqual([1, 1]);
  });
});
