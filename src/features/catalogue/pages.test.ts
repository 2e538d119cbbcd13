import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../tests/support/courses.ts';
import { createTestDatabase, guest, type TestDatabase } from '../../../tests/support/database.ts';
import { statementsOf } from '../../../tests/support/statements.ts';
import { courseList, coursePage } from './index.server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const list = (wish: Partial<Parameters<typeof courseList>[1]> = {}) =>
  courseList(database.context(guest), { level: null, category: null, after: null, ...wish });

async function aCategory(name: string, courseIds: string[]): Promise<void> {
  const id = newId();
  await database.owner.query('insert into categories (id, name, slug, course_count) values ($1, $2, lower($2), $3)', [
    id,
    name,
    courseIds.length,
  ]);
  for (const courseId of courseIds)
    await database.owner.query('insert into course_categories (course_id, category_id) values ($1, $2)', [courseId, id]);
}

describe('the list of courses', () => {
  test('shows published courses only, the newest first, page by page, each once', async () => {
    const instructor = await aPerson(database, 'INSTRUCTOR', { name: 'Tomas' });
    const titles: string[] = [];
    for (let index = 0; index < 53; index += 1) {
      // Several come out in the same moment.
      const publishedAt = new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 3)));
      const { slug } = await aCourse(database, {
        slug: `course-${index}`,
        title: `Course ${index}`,
        instructorId: instructor.id,
        publishedAt,
        chapters: [],
      });
      titles.push(slug);
    }
    await aCourse(database, { slug: 'a-draft', status: 'DRAFT', chapters: [] });
    await aCourse(database, { slug: 'an-archived-one', status: 'ARCHIVED', chapters: [] });
    const seen: string[] = [];
    const sizes: number[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ after });
      seen.push(...page.courses.map((course) => course.slug));
      sizes.push(page.courses.length);
      after = page.next;
    } while (after);
    expect(sizes).toEqual([24, 24, 5]);
    expect([...seen].sort()).toEqual([...titles].sort());
    const days = seen.map((slug) => Math.floor(Number(slug.slice(7)) / 3));
    expect(days).toEqual([...days].sort((one, other) => other - one));
  });

  test('narrows to a level and to a category, and forgets words that mean nothing', async () => {
    const hard = await aCourse(database, { slug: 'hard', level: 'EXPERT', chapters: [] });
    const easy = await aCourse(database, { slug: 'easy', level: 'BEGINNER', chapters: [] });
    await aCategory('Chemistry', [hard.id, easy.id]);
    expect((await list({ category: 'chemistry' })).courses.map((course) => course.slug).sort()).toEqual(['easy', 'hard']);
    expect((await list({ category: 'chemistry', level: 'expert' })).courses.map((course) => course.slug)).toEqual(['hard']);
    expect((await list({ category: 'no-such' })).courses).toEqual([]);
    const odd = await list({ category: 'chemistry', level: 'impossible', after: 'nowhere' });
    expect(odd).toMatchObject({ level: null, category: { slug: 'chemistry', name: 'Chemistry' }, next: null });
    expect(odd.courses).toHaveLength(2);
  });

  test('costs two queries, however many courses there are', async () => {
    expect(await statementsOf(() => list())).toHaveLength(2);
    expect(await statementsOf(() => list({ category: 'no-such' }))).toHaveLength(2);
  });
});

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

  test('costs two queries, as many for a long course as for a short one', async () => {
    await aCourse(database, { slug: 'short' });
    await aCourse(database, {
      slug: 'long',
      chapters: Array.from({ length: 8 }, () => ({ lessons: Array.from({ length: 8 }, () => ({})) })),
    });
    const counts = [];
    for (const slug of ['short', 'long']) counts.push((await statementsOf(() => page(slug))).length);
    expect(counts).toEqual([2, 2]);
  });
});
