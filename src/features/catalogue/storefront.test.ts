import { describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../tests/support/courses.ts';
import { guest, system, type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { testProcess } from '../../../tests/support/process.ts';
import { openFile } from '../media/index.server.ts';
import { coursePage, rebuildCounts, updateCourse } from './index.server.ts';

const database = testDatabase();
testProcess(database);

const page = (slug: string, actor: Parameters<TestDatabase['context']>[0] = guest) => coursePage(database.context(actor), { slug });
const teacherOf = async (course: MadeCourse) => ({ ...(await aPerson(database, 'INSTRUCTOR')), id: course.instructorId });
const totalsOf = async (userId: string) =>
  (
    await database.owner.query(
      'select course_count as courses, student_count as students, review_count as reviews, rating_average::float8 as rating from instructor_profiles where user_id = $1',
      [userId],
    )
  ).rows[0];

describe('questions and answers of a course', () => {
  test('are kept in their order, and nothing in an answer runs', async () => {
    const course = await aCourse(database, { slug: 'asked' });
    const ctx = database.context(await teacherOf(course));
    const faq = [
      { question: 'Is it *hard*?', answer: 'Not **at first**. <script>alert(1)</script>' },
      { question: 'How long?', answer: '[A week](javascript:alert(1)).' },
    ];
    expect(await updateCourse(ctx, { courseId: course.id as never, faq })).toEqual(['faq']);
    expect(await updateCourse(ctx, { courseId: course.id as never, faq })).toEqual([]);
    const shown = (await page('asked')).faq;
    expect(shown.map(({ question }) => question)).toEqual(['Is it *hard*?', 'How long?']);
    expect(shown[0]?.answerHtml).toMatch(/<strong>at first<\/strong>/);
    expect(shown.map(({ answerHtml }) => answerHtml).join()).not.toMatch(/<script|href="javascript/);
  });

  test('that say nothing, or too much, are refused', async () => {
    const course = await aCourse(database);
    const ctx = database.context(await teacherOf(course));
    for (const faq of [[{ question: ' ', answer: 'So.' }], Array.from({ length: 21 }, () => ({ question: 'Why?', answer: 'So.' }))])
      await expect(updateCourse(ctx, { courseId: course.id as never, faq })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('the trailer of a course', () => {
  const aTrailer = async (course: MadeCourse) => {
    const id = newId();
    const key = `${id.slice(-2)}/${id.replaceAll('-', '').padEnd(62, '0')}.mp4`;
    await database.owner.query(
      `insert into files (id, key, name, content_type, size_bytes, sha256, visibility, state) values ($1, $2, 'film.mp4', 'video/mp4', 9, repeat('a', 64), 'PRIVATE', 'READY')`,
      [id, key],
    );
    await database.owner.query("insert into videos (id, provider, file_id, duration_seconds, state) values ($1, 'FILE', $1, 70, 'READY')", [
      id,
    ]);
    await database.owner.query('update courses set preview_video_id = $2 where id = $1', [course.id, id]);
    return key;
  };

  test('plays for a guest by a link that is made for guests, ends, and is nobody else’s', async () => {
    const course = await aCourse(database, { slug: 'shown-before' });
    const key = await aTrailer(course);
    const { trailer } = await page('shown-before');
    if (trailer?.provider !== 'FILE') throw new Error('There is no film');
    expect(trailer.durationSeconds).toBe(70);
    const { searchParams } = new URL(trailer.src, 'http://school.test');
    const link = { key, until: searchParams.get('until'), seal: searchParams.get('seal') };
    expect((await openFile(database.context(guest), link)).isPublic).toBe(false);
    const student = await aPerson(database);
    await expect(openFile(database.context(student), link)).rejects.toMatchObject({ code: 'not-found' });
    const tomorrow = { ...database.context(guest), now: new Date(Number(link.until) * 1000 + 1000) };
    await expect(openFile(tomorrow, link)).rejects.toMatchObject({ code: 'not-found' });
    const own = (await page('shown-before', student)).trailer;
    expect(own?.provider === 'FILE' && own.src !== trailer.src).toBe(true);
  });

  test('of a draft is for who teaches it alone', async () => {
    const course = await aCourse(database, { slug: 'unseen', status: 'DRAFT' });
    await aTrailer(course);
    await expect(page('unseen')).rejects.toMatchObject({ code: 'not-found' });
    expect((await page('unseen', await teacherOf(course))).trailer).toMatchObject({ provider: 'FILE' });
  });
});

describe('what completes a course', () => {
  test('is counted from the lessons that learners see', async () => {
    await aCourse(database, {
      slug: 'after',
      chapters: [{ lessons: [{}, {}, { isRequired: false }, { published: false }] }],
    });
    const { completion } = await page('after');
    expect(completion).toEqual({ lessons: true, quizzes: false, assignments: false, required: 2 });
  });
});

describe('courses like another', () => {
  test('share its fields, the nearest first; never the course itself, and none that is not offered', async () => {
    const field = newId();
    await database.owner.query("insert into categories (id, name, slug) values ($1, 'Tea', 'tea')", [field]);
    const make = async (slug: string, more: { tags?: string[]; level?: string; status?: 'DRAFT' | 'ARCHIVED'; students?: number } = {}) => {
      const { id } = await aCourse(database, { slug, level: more.level, status: more.status });
      await database.owner.query('insert into course_categories (course_id, category_id) values ($1, $2)', [id, field]);
      await database.owner.query('update courses set tags = $2, student_count = $3 where id = $1', [
        id,
        more.tags ?? [],
        more.students ?? 0,
      ]);
    };
    await make('green-tea', { tags: ['leaf', 'water'], level: 'EXPERT' });
    await make('black-tea', { tags: ['leaf', 'water'] });
    await make('tea-bags', { students: 9 });
    await make('tea-cups', { level: 'EXPERT' });
    await make('tea-pots');
    await make('tea-draft', { status: 'DRAFT', tags: ['leaf', 'water'] });
    await make('tea-once', { status: 'ARCHIVED', tags: ['leaf', 'water'] });
    const like = async () => (await page('green-tea')).related.map(({ slug }) => slug);
    expect(await like()).toEqual(['black-tea', 'tea-cups', 'tea-bags', 'tea-pots']);
    expect(await like()).toEqual(await like());
    const alone = await aCourse(database, { slug: 'alone' });
    expect((await page('alone')).related).toEqual([]);
    await database.owner.query("update courses set tags = '{leaf}' where id = $1", [alone.id]);
    expect((await page('alone')).related.map(({ slug }) => slug)).toEqual(['black-tea', 'green-tea']);
  });

  test('are twelve at the most', async () => {
    const field = newId();
    await database.owner.query("insert into categories (id, name, slug) values ($1, 'Salt', 'salt')", [field]);
    for (let index = 0; index < 15; index += 1) {
      const { id } = await aCourse(database, { slug: `salt-${index}`, chapters: [] });
      await database.owner.query('insert into course_categories (course_id, category_id) values ($1, $2)', [id, field]);
    }
    expect((await page('salt-3')).related).toHaveLength(12);
  });
});

describe('counts that rows carry', () => {
  const review = async (course: MadeCourse, rating: number) => {
    const id = newId();
    const { id: author } = await aPerson(database);
    await database.owner.query('insert into enrollments (id, user_id, course_id) values ($1, $2, $3)', [newId(), author, course.id]);
    await database.owner.query("insert into reviews (id, course_id, user_id, rating, text) values ($1, $2, $3, $4, 'Well.')", [
      id,
      course.id,
      author,
      rating,
    ]);
    return id;
  };
  const ratingOf = async ({ id }: MadeCourse) =>
    (await database.owner.query('select review_count as count, rating_average::float8 as average from courses where id = $1', [id]))
      .rows[0];

  test('a review that is hidden leaves its course’s rating in the same transaction, and comes back to it', async () => {
    const course = await aCourse(database);
    const [poor] = [await review(course, 1), await review(course, 5)];
    const set = (status: string) => database.owner.query('update reviews set status = $2::review_status where id = $1', [poor, status]);
    await database.owner.query('begin');
    await set('HIDDEN');
    expect(await ratingOf(course)).toEqual({ count: 1, average: 5 });
    await database.owner.query('rollback');
    await set('HIDDEN');
    expect(await ratingOf(course)).toEqual({ count: 1, average: 5 });
    await set('PUBLISHED');
    expect(await ratingOf(course)).toEqual({ count: 2, average: 3 });
  });

  test('an instructor’s totals follow the courses that they teach, alone or with others', async () => {
    const [owner, helper] = [(await aPerson(database, 'INSTRUCTOR')).id, (await aPerson(database, 'INSTRUCTOR')).id];
    const course = await aCourse(database, { instructorId: owner });
    await aCourse(database, { instructorId: owner, status: 'DRAFT' });
    for (const id of [owner, helper])
      await database.owner.query('insert into instructor_profiles (id, user_id) values ($1, $2)', [newId(), id]);
    expect(await totalsOf(owner)).toEqual({ courses: 1, students: 0, reviews: 0, rating: 0 });
    await database.owner.query('update courses set student_count = 4, review_count = 2, rating_average = 4.5 where id = $1', [course.id]);
    expect(await totalsOf(owner)).toEqual({ courses: 1, students: 4, reviews: 2, rating: 4.5 });
    const joins = "insert into course_instructors (course_id, user_id, role) values ($1, $2, 'CO_INSTRUCTOR')";
    await database.owner.query(joins, [course.id, helper]);
    expect(await totalsOf(helper)).toEqual(await totalsOf(owner));
    await database.owner.query("update courses set status = 'ARCHIVED' where id = $1", [course.id]);
    for (const id of [owner, helper]) expect(await totalsOf(id)).toEqual({ courses: 0, students: 0, reviews: 0, rating: 0 });
  });

  test('are mended where they are damaged, and where all is right nothing changes', async () => {
    const ctx = database.context(system);
    await rebuildCounts(ctx);
    const kept = [
      'select c.*, c.xmin from courses c order by id',
      'select c.*, c.xmin from chapters c order by id',
      'select c.*, c.xmin from categories c order by id',
      'select p.*, p.xmin from instructor_profiles p order by id',
      'select category_id, level, language, price, length, rating, course_count from course_facets where course_count <> 0 order by 1, 2, 3, 4, 5, 6',
      'select word from course_words order by word',
    ];
    const state = async () => {
      const rows: unknown[] = [];
      for (const text of kept) rows.push((await database.owner.query(text)).rows);
      return JSON.stringify(rows);
    };
    const sound = await state();
    const nothing = await rebuildCounts(ctx);
    expect(Object.values(nothing).map(({ mended }) => mended)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(nothing.courses.looked).toBeGreaterThan(20);
    expect(await state()).toBe(sound);

    const withoutRows = (text: string) => text.replaceAll(/"xmin":"\d+",?/g, '').replaceAll(/"updated_at":"[^"]+",?/g, '');
    await database.owner.query('set session_replication_role = replica');
    await database.owner.query(
      'update courses set student_count = 900, review_count = 7, rating_average = 1, lesson_count = 3, duration_minutes = 999, price_now = 3, price_band = 2',
    );
    await database.owner.query('update chapters set duration_seconds = 5');
    await database.owner.query('update categories set course_count = 0, student_count = 77');
    await database.owner.query('update instructor_profiles set student_count = 12345');
    await database.owner.query('update course_facets set course_count = course_count + 3');
    await database.owner.query("delete from course_words where word like 's%'; insert into course_words (word) values ('nowhere')");
    await database.owner.query('set session_replication_role = default');
    const lines: string[] = [];
    const mended = await rebuildCounts(ctx, (line) => lines.push(line));
    expect(mended.courses.mended).toBe(mended.courses.looked);
    for (const part of Object.values(mended)) expect(part.mended).toBeGreaterThan(0);
    expect(lines).toContain(`Counting courses: ${mended.courses.looked} so far`);
    expect(withoutRows(await state())).toBe(withoutRows(sound));
  });

  test('are counted anew by the school alone', async () => {
    for (const actor of [guest, await aPerson(database), await aPerson(database, 'INSTRUCTOR')])
      await expect(rebuildCounts(database.context(actor))).rejects.toMatchObject({ code: 'forbidden' });
  });
});
