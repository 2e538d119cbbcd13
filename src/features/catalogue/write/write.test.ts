import { beforeAll, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { ChapterId, LessonId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, person, system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import {
  addChapter,
  addLesson,
  arrangeOutline,
  assignCategories,
  createCategory,
  createCourse,
  lessonAddress,
  publishCourse,
  updateChapter,
  updateCourse,
  updateLesson,
} from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let owner: Actor & { kind: 'person' };
let stranger: Actor & { kind: 'person' };
let ctx: Context;

beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
  stranger = await aPerson(database, 'INSTRUCTOR');
  ctx = database.context(owner);
});

const newCourse = (title: string) => createCourse(ctx, { title, instructorId: owner.id, isFree: true });
const shown = { published: true, visibility: 'PUBLIC' } as const;

async function row<Row extends object>(sql: string, ...values: unknown[]): Promise<Row> {
  return (await database.owner.query<Row>(sql, values)).rows[0]!;
}
const totals = (courseId: string) =>
  row('select chapter_count as chapters, lesson_count as lessons, duration_minutes as minutes from courses where id = $1', courseId);
const positions = async (courseId: string) =>
  (
    await database.owner.query<{ line: string }>(
      "select c.title || ' ' || c.position || ' ' || l.title || ' ' || l.position as line from lessons l join chapters c on c.id = l.chapter_id where c.course_id = $1 order by c.position, l.position",
      [courseId],
    )
  ).rows.map(({ line }) => line);

async function courseOfFour(title: string) {
  const { id: courseId } = await newCourse(title);
  const chapters: ChapterId[] = [];
  const lessons: LessonId[] = [];
  for (const chapter of ['A', 'B']) {
    chapters.push(await addChapter(ctx, { courseId, title: chapter, ...shown }));
    for (const lesson of ['one', 'two'])
      lessons.push(
        (await addLesson(ctx, { chapterId: chapters.at(-1)!, title: `${chapter} ${lesson}`, ...shown, durationSeconds: 90 })).id,
      );
  }
  return { courseId, chapters, lessons };
}

test('courses of one title get addresses of their own, also at the same moment', async () => {
  const slugs = (await Promise.all([newCourse('Same title'), newCourse('Same title'), newCourse('Same title!')])).map(
    (course) => course.slug,
  );
  expect(slugs.sort()).toEqual(['same-title', 'same-title-2', 'same-title-3']);
});

test('lessons added at once stand in a row, with addresses of their own', async () => {
  const { id: courseId } = await newCourse('At once');
  const chapterId = await addChapter(ctx, { courseId, title: 'A' });
  const added = await Promise.all([1, 2, 3, 4].map(() => addLesson(ctx, { chapterId, title: 'Lesson' })));
  expect(added.map((lesson) => lesson.slug).sort()).toEqual(['lesson', 'lesson-2', 'lesson-3', 'lesson-4']);
  expect(await positions(courseId)).toEqual(['A 1 Lesson 1', 'A 1 Lesson 2', 'A 1 Lesson 3', 'A 1 Lesson 4']);
});

test('a course counts the lessons that learners see', async () => {
  const { courseId, chapters, lessons } = await courseOfFour('Counted');
  expect(await totals(courseId)).toEqual({ chapters: 2, lessons: 4, minutes: 6 });
  await updateLesson(ctx, { lessonId: lessons[0]!, visibility: 'PRIVATE' });
  await updateLesson(ctx, { lessonId: lessons[1]!, durationSeconds: 30 });
  expect(await totals(courseId)).toEqual({ chapters: 2, lessons: 3, minutes: 4 });
  await updateChapter(ctx, { chapterId: chapters[1]!, published: false });
  expect(await totals(courseId)).toEqual({ chapters: 1, lessons: 1, minutes: 1 });
  expect(await row('select duration_seconds as seconds from chapters where id = $1', chapters[0])).toEqual({ seconds: 30 });
});

test('chapters and lessons are put into any order, lessons across chapters too', async () => {
  const {
    courseId,
    chapters: [a, b],
    lessons: [a1, a2, b1, b2],
  } = await courseOfFour('Moved');
  const wanted = {
    courseId,
    chapters: [
      { id: b!, lessonIds: [a2!, b2!, b1!] },
      { id: a!, lessonIds: [a1!] },
    ],
  };
  expect(await arrangeOutline(ctx, wanted)).toEqual({ moved: true });
  expect(await positions(courseId)).toEqual(['B 1 A two 1', 'B 1 B two 2', 'B 1 B one 3', 'A 2 A one 1']);
  expect(await arrangeOutline(ctx, wanted)).toEqual({ moved: false });
});

test('an outline that misses a lesson, or knows one of another course, is refused', async () => {
  const one = await courseOfFour('One');
  const other = await courseOfFour('Other');
  const outline = (lessonIds: LessonId[]) => ({
    courseId: one.courseId,
    chapters: [
      { id: one.chapters[0]!, lessonIds },
      { id: one.chapters[1]!, lessonIds: [] },
    ],
  });
  await expect(arrangeOutline(ctx, outline(one.lessons.slice(1)))).rejects.toThrow(/changed meanwhile/);
  await expect(arrangeOutline(ctx, outline([...one.lessons.slice(1), other.lessons[0]!]))).rejects.toThrow(/changed meanwhile/);
  await expect(arrangeOutline(ctx, outline([...one.lessons.slice(1), one.lessons[1]!]))).rejects.toThrow(/changed meanwhile/);
});

test('a text’s HTML is made when it is written, with links to where the lessons are', async () => {
  const { courseId, lessons } = await courseOfFour('Linked');
  const { slug } = await row<{ slug: string }>('select slug from courses where id = $1', courseId);
  const changed = await updateLesson(ctx, {
    lessonId: lessons[0]!,
    content: `## Go\n\n[on](${lessonAddress(lessons[1]!, '#part')}) <script>`,
  });
  expect(changed).toEqual(['content']);
  expect(await row('select content_html as html from lessons where id = $1', lessons[0])).toEqual({
    html: `<h2 id="s-go">Go</h2>\n<p><a href="/learn/${slug}/a-two#s-part">on</a> &lt;script&gt;</p>`,
  });
  expect(
    await updateLesson(ctx, { lessonId: lessons[0]!, content: `## Go\n\n[on](${lessonAddress(lessons[1]!, '#part')}) <script>` }),
  ).toEqual([]);
});

test('what does not fit is said at its field, and nothing is changed', async () => {
  const { id: courseId } = await newCourse('Strict');
  await expect(updateCourse(ctx, { courseId, title: ' ' })).rejects.toMatchObject({
    code: 'invalid',
    fields: { title: 'Give it a title.' },
  });
  await expect(updateCourse(ctx, { courseId, language: 'English' })).rejects.toMatchObject({
    fields: { language: expect.stringMatching(/no language/) },
  });
  await expect(createCourse(ctx, { title: 'x'.repeat(201), instructorId: owner.id })).rejects.toMatchObject({ code: 'invalid' });
  expect(await updateCourse(ctx, { courseId, title: 'Strict', subtitle: 'Now with words', tags: ['a'] })).toEqual(['subtitle', 'tags']);
});

test('a course is published once it has what a course needs', async () => {
  const { id: courseId } = await createCourse(ctx, { title: 'Unready', instructorId: owner.id });
  expect(await publishCourse(ctx, { courseId })).toEqual({
    kind: 'incomplete',
    missing: ['a lesson that learners can see', 'a price, or the word that it is free'],
  });
  const ready = await courseOfFour('Ready');
  expect(await publishCourse(ctx, { courseId: ready.courseId })).toEqual({ kind: 'published' });
  expect(await publishCourse(ctx, { courseId: ready.courseId })).toEqual({ kind: 'already-published' });
});

test('categories know how many published courses they have', async () => {
  const admin = database.context(system);
  const category = await createCategory(admin, { name: 'Web design' });
  expect(await createCategory(admin, { name: 'Web design' })).toBe(category);
  const { courseId } = await courseOfFour('In a category');
  expect(await assignCategories(ctx, { courseId, names: ['WEB DESIGN', 'web-design', 'Nowhere'] })).toEqual({
    changed: true,
    unknown: ['Nowhere'],
  });
  expect(await assignCategories(ctx, { courseId, names: ['Web design'] })).toEqual({ changed: false, unknown: [] });
  const count = () => row('select course_count as count from categories where id = $1', category);
  expect(await count()).toEqual({ count: 0 });
  await publishCourse(ctx, { courseId });
  expect(await count()).toEqual({ count: 1 });
  await assignCategories(ctx, { courseId, names: [] });
  expect(await count()).toEqual({ count: 0 });
});

test('nobody changes another’s course, and to them it looks as if it were not there', async () => {
  const { courseId, chapters, lessons } = await courseOfFour('Guarded');
  for (const actor of [guest, stranger, person('STUDENT', owner.id)]) {
    const other = database.context(actor);
    const attempts = [
      () => updateCourse(other, { courseId, title: 'Mine' }),
      () => addChapter(other, { courseId, title: 'Mine' }),
      () => updateChapter(other, { chapterId: chapters[0]!, title: 'Mine' }),
      () => addLesson(other, { chapterId: chapters[0]!, title: 'Mine' }),
      () => updateLesson(other, { lessonId: lessons[0]!, title: 'Mine' }),
      () => arrangeOutline(other, { courseId, chapters: [] }),
      () => assignCategories(other, { courseId, names: [] }),
      () => publishCourse(other, { courseId }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' });
  }
  await expect(createCourse(database.context(stranger), { title: 'Theirs', instructorId: owner.id })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(createCategory(ctx, { name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(updateCourse(ctx, { courseId, featured: true })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await row('select title from courses where id = $1', courseId)).toEqual({ title: 'Guarded' });
});

test('whoever joins a course as co-instructor may change it, an assistant may not', async () => {
  const { courseId } = await courseOfFour('Shared');
  const join = (role: string) =>
    database.owner.query(
      'insert into course_instructors (course_id, user_id, role, updated_at) values ($1, $2, $3::course_instructor_role, now()) on conflict (course_id, user_id) do update set role = excluded.role',
      [courseId, stranger.id, role],
    );
  await join('ASSISTANT');
  await expect(updateCourse(database.context(stranger), { courseId, subtitle: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  await join('CO_INSTRUCTOR');
  expect(await updateCourse(database.context(stranger), { courseId, subtitle: 'x' })).toEqual(['subtitle']);
});

test('what a larger command does fails as a whole', async () => {
  const { courseId } = await courseOfFour('Whole');
  await expect(
    inTransaction(ctx, async (ctx) => {
      await addChapter(ctx, { courseId, title: 'Half' });
      throw new Error('on purpose');
    }),
  ).rejects.toThrow('on purpose');
  expect(await row('select count(*)::int as chapters from chapters where course_id = $1', courseId)).toEqual({ chapters: 2 });
});
