import { beforeAll, describe, expect, test } from 'vitest';
import { addChapter } from '#features/catalogue/index.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { aCourse, aPerson, joinCourse } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { beginCourse, beginLesson, lossOf, outlineEditorPage, studioCourse, studioList } from '../index.server.ts';

type Person = Awaited<ReturnType<typeof aPerson>>;

const database = testDatabase();
testProcess(database);
let owner: Person;

beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR', { name: 'Grace' });
});

const listed = async (actor: Person, wish: Parameters<typeof studioList>[1] = {}) =>
  (await studioList(database.context(actor), wish)).courses.map(({ title, part }) => (part ? `${title} (${part})` : title));

describe('the list of courses', () => {
  test('has those one owns, teaches with others, or helps in, the newest first, and nobody else’s', async () => {
    const [other, helper] = [await aPerson(database, 'INSTRUCTOR', { name: 'Ada' }), await aPerson(database)];
    const first = await aCourse(database, { title: 'First', instructorId: owner.id });
    const second = await aCourse(database, { title: 'Second', instructorId: other.id, status: 'DRAFT' });
    await aCourse(database, { title: 'Third', instructorId: owner.id, status: 'ARCHIVED' });
    await joinCourse(database, second.id, owner.id, 'CO_INSTRUCTOR');
    await joinCourse(database, first.id, helper.id, 'ASSISTANT');
    expect(await listed(owner)).toEqual(['Third', 'Second (With Ada)', 'First']);
    expect(await listed(helper)).toEqual(['First (You help Grace)']);
    expect(await listed(other)).toEqual(['Second']);
    expect(await listed(owner, { status: 'draft' })).toEqual(['Second (With Ada)']);
    expect(await listed(owner, { search: 'THIR' })).toEqual(['Third']);
    expect(await listed(owner, { search: '%' })).toEqual([]);
  });

  test('finds every course of the school for an admin who searches', async () => {
    const admin = await aPerson(database, 'ADMIN');
    await aCourse(database, { title: 'Câblage of looms', instructorId: owner.id, status: 'DRAFT' });
    expect(await listed(admin)).toEqual([]);
    expect(await listed(admin, { search: 'cablage' })).toEqual(['Câblage of looms (By Grace)']);
  });

  test('goes on from page to page, and costs one query however long it is', async () => {
    const busy = await aPerson(database, 'INSTRUCTOR');
    const few = await statementsOf(() => studioList(database.context(busy), {}));
    for (let number = 1; number <= 26; number += 1)
      await aCourse(database, { title: `Course ${number}`, instructorId: busy.id, chapters: [{ lessons: [{}, {}] }] });
    const many = await statementsOf(() => studioList(database.context(busy), {}));
    expect([few.length, many.length]).toEqual([1, 1]);
    const page = await studioList(database.context(busy), {});
    expect([page.courses.length, page.courses[0]?.title, page.courses[0]?.lessonCount]).toEqual([24, 'Course 26', 2]);
    const rest = await studioList(database.context(busy), { from: page.next });
    expect([rest.courses.map(({ title }) => title), rest.next, rest.isFirstPage]).toEqual([['Course 2', 'Course 1'], null, false]);
  });
});

test('a course begins with a title, and a chapter to write into at once', async () => {
  const course = await beginCourse(database.context(owner), { title: 'Looms' });
  const { outline, status } = await studioCourse(database.context(owner), course.slug);
  expect([status, outline.map(({ title, lessons }) => [title, lessons.length])]).toEqual(['DRAFT', [['First chapter', 0]]]);
  await expect(beginCourse(database.context(await aPerson(database)), { title: 'Looms' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(beginCourse(database.context(owner), { title: ' ' })).rejects.toMatchObject({ code: 'invalid' });
});

describe('the outline', () => {
  test('is there for who teaches the course or helps in it, and for nobody else', async () => {
    const [second, helper] = [await aPerson(database), await aPerson(database)];
    const course = await aCourse(database, { instructorId: owner.id, status: 'DRAFT' });
    await joinCourse(database, course.id, second.id, 'CO_INSTRUCTOR');
    await joinCourse(database, course.id, helper.id, 'ASSISTANT');
    for (const [actor, mayEdit] of [
      [owner, true],
      [second, true],
      [await aPerson(database, 'ADMIN'), true],
      [helper, false],
    ] as const) {
      expect((await studioCourse(database.context(actor), course.slug)).mayEdit).toBe(mayEdit);
      expect((await outlineEditorPage(database.context(actor), { slug: course.slug })).mayEdit).toBe(mayEdit);
    }
    for (const actor of [await aPerson(database), await aPerson(database, 'INSTRUCTOR')]) {
      await expect(studioCourse(database.context(actor), course.slug)).rejects.toMatchObject({ code: 'not-found' });
      await expect(outlineEditorPage(database.context(actor), { slug: course.slug })).rejects.toMatchObject({ code: 'not-found' });
      expect(await lossOf(database.context(actor), { slug: course.slug, id: course.lessons[0]!.id })).toBeNull();
    }
  });

  test('costs one query, and one more for the frame, however long it is', async () => {
    const [short, long] = [
      await aCourse(database, { instructorId: owner.id, chapters: [] }),
      await aCourse(database, {
        instructorId: owner.id,
        chapters: Array.from({ length: 8 }, () => ({ lessons: [{ type: 'VIDEO', seconds: 60 }, {}, {}] })),
      }),
    ];
    const counts = [];
    for (const { slug } of [short, long])
      counts.push(
        (
          await statementsOf(() =>
            Promise.all([studioCourse(database.context(owner), slug), outlineEditorPage(database.context(owner), { slug })]),
          )
        ).length,
      );
    expect(counts).toEqual([2, 2]);
  });

  test('begins lessons as published while nobody sees the course, and as drafts once people take it', async () => {
    const publishedOf = async (status: 'DRAFT' | 'PUBLISHED') => {
      const course = await aCourse(database, { instructorId: owner.id, status, chapters: [] });
      const chapterId = await addChapter(database.context(owner), { courseId: course.id as CourseId, title: 'A' });
      await beginLesson(database.context(owner), { chapterId, title: 'One', type: 'TEXT' });
      await expect(beginLesson(database.context(owner), { chapterId, title: 'Two', type: 'QUIZ' })).rejects.toMatchObject({
        code: 'invalid',
      });
      return (await studioCourse(database.context(owner), course.slug)).outline[0]!.lessons.map(({ published }) => published);
    };
    expect([await publishedOf('DRAFT'), await publishedOf('PUBLISHED')]).toEqual([[true], [false]]);
  });

  test('says how many students a deletion would cost, to who may delete', async () => {
    const course = await aCourse(database, { instructorId: owner.id, chapters: [{ lessons: [{}, {}] }, { lessons: [{}] }] });
    const [first, second] = course.lessons;
    for (const lessonIds of [[first!.id, second!.id], [first!.id]]) {
      const student = await aPerson(database);
      await database.owner.query(
        `with e as (insert into enrollments (id, user_id, course_id) values (gen_random_uuid(), $1, $2) returning id)
         insert into lesson_progress (id, enrollment_id, lesson_id) select gen_random_uuid(), e.id, l.id from e cross join unnest($3::uuid[]) as l (id)`,
        [student.id, course.id, lessonIds],
      );
    }
    const loss = (id: string) => lossOf(database.context(owner), { slug: course.slug, id });
    expect(await loss(first!.id)).toMatchObject({ kind: 'lesson', studentCount: 2 });
    expect(await loss(second!.id)).toMatchObject({ kind: 'lesson', studentCount: 1 });
    expect(await loss(course.chapterIds[0]!)).toMatchObject({ kind: 'chapter', lessonCount: 2, studentCount: 2 });
    expect(await loss(course.chapterIds[1]!)).toMatchObject({ kind: 'chapter', lessonCount: 1, studentCount: 0 });
    expect([await loss('nothing'), await loss(course.id)]).toEqual([null, null]);
    expect((await statementsOf(() => loss(course.chapterIds[0]!))).length).toBe(1);
  });
});
