import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../tests/support/database.ts';
import { statementsOf } from '../../../tests/support/statements.ts';
import { categoryPage, instructorPage } from './index.server.ts';

const database = testDatabase();

describe('a category’s page', () => {
  const page = (slug: string) => categoryPage(database.context(guest), { slug });
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    for (const [slug, parent] of [
      ['science', ''],
      ['physics', 'science'],
      ['optics', 'physics'],
      ['acoustics', 'physics'],
    ] as const) {
      ids[slug] = newId();
      await database.owner.query('insert into categories (id, name, slug, parent_id) values ($1, upper($2), $2, $3)', [
        ids[slug],
        slug,
        ids[parent] ?? null,
      ]);
    }
    for (const slug of ['lenses', 'mirrors']) {
      const course = await aCourse(database, { slug, chapters: [] });
      await database.owner.query('insert into course_categories (course_id, category_id) values ($1, $2)', [course.id, ids.optics]);
    }
  });

  test('shows where it stands, what lies within it, and the courses of both', async () => {
    const physics = await page('physics');
    expect(physics).toMatchObject({ name: 'PHYSICS', trail: [{ slug: 'science', name: 'SCIENCE' }] });
    expect(physics.children).toEqual([{ slug: 'optics', name: 'OPTICS', courseCount: 2 }]);
    expect(physics.finder.courses.map((course) => course.slug).sort()).toEqual(['lenses', 'mirrors']);
    expect((await page('optics')).trail.map(({ slug }) => slug)).toEqual(['science', 'physics']);
    expect((await page('acoustics')).finder.courses).toEqual([]);
  });

  test('is not there for a name that no category has', async () => {
    await expect(page('alchemy')).rejects.toMatchObject({ code: 'not-found' });
    await expect(page("' or 1=1")).rejects.toMatchObject({ code: 'not-found' });
  });

  test('costs two queries', async () => {
    expect(await statementsOf(() => page('science'))).toHaveLength(2);
  });
});

describe('an instructor’s page', () => {
  const page = (username: string, after?: string) => instructorPage(database.context(guest), { username, after });
  const teacher = async (username: string, details: Record<string, unknown> = {}) => {
    const someone = await aPerson(database, 'INSTRUCTOR', { name: `Name of ${username}` });
    await database.owner.query('update users set username = $2, bio = $3, headline = $4, deleted_at = $5 where id = $1', [
      someone.id,
      username,
      details.bio,
      details.headline,
      details.closed ? new Date() : null,
    ]);
    return someone.id;
  };

  test('shows who they are and what they teach, alone or with others, and no draft', async () => {
    const id = await teacher('zoe', { bio: 'I teach *calmly*. <b>Really</b>.', headline: 'Optician' });
    await database.owner.query(
      `insert into instructor_profiles (id, user_id, expertise, github, website) values ($1, $2, '{Lenses}', 'https://github.com/zoe', 'https://zoe.test')`,
      [newId(), id],
    );
    await aCourse(database, { slug: 'own', instructorId: id, chapters: [] });
    await aCourse(database, { slug: 'unready', instructorId: id, status: 'DRAFT' });
    const together = await aCourse(database, { slug: 'together', chapters: [], publishedAt: new Date('2026-04-01T00:00:00Z') });
    const helped = await aCourse(database, { slug: 'helped', chapters: [] });
    await database.owner.query(
      `insert into course_instructors (course_id, user_id, role) values ($1, $3, 'CO_INSTRUCTOR'), ($2, $3, 'ASSISTANT')`,
      [together.id, helped.id, id],
    );
    await database.owner.query('update courses set student_count = 4, review_count = 2, rating_average = 4.5 where id = $1', [together.id]);
    const zoe = await page('Zoe');
    expect(zoe.courses.map((course) => course.slug)).toEqual(['together', 'own']);
    expect(zoe).toMatchObject({
      name: 'Name of zoe',
      headline: 'Optician',
      bioHtml: '<p>I teach <em>calmly</em>. &lt;b&gt;Really&lt;/b&gt;.</p>',
      expertise: ['Lenses'],
      links: [
        { label: 'Website', href: 'https://zoe.test' },
        { label: 'GitHub', href: 'https://github.com/zoe' },
      ],
      courseCount: 2,
      studentCount: 4,
      rating: { average: 4.5, count: 2 },
    });
  });

  test('is there for who has a face as an instructor and no course yet', async () => {
    const id = await teacher('newcomer');
    await expect(page('newcomer')).rejects.toMatchObject({ code: 'not-found' });
    await database.owner.query('insert into instructor_profiles (id, user_id) values ($1, $2)', [newId(), id]);
    expect(await page('newcomer')).toMatchObject({ courses: [], courseCount: 0, rating: null });
  });

  test('is not there for students, for closed accounts, and for nobody', async () => {
    const closed = await teacher('gone', { closed: true });
    await aCourse(database, { instructorId: closed, chapters: [] });
    const student = await aPerson(database);
    await database.owner.query("update users set username = 'pupil' where id = $1", [student.id]);
    for (const name of ['gone', 'pupil', 'nobody']) await expect(page(name)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('goes on by key, and costs two queries however many courses there are', async () => {
    const id = await teacher('busy');
    for (let index = 0; index < 14; index += 1) await aCourse(database, { instructorId: id, chapters: [] });
    const first = await page('busy');
    const second = await page('busy', first.next ?? '');
    expect([first.courses.length, second.courses.length, second.next, second.isFirstPage]).toEqual([12, 2, null, false]);
    expect(new Set([...first.courses, ...second.courses].map((course) => course.slug)).size).toBe(14);
    for (const name of ['busy', 'newcomer']) expect(await statementsOf(() => page(name))).toHaveLength(2);
  });
});
