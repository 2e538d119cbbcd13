import { beforeAll, expect, test } from 'vitest';
import { removeChapter, removeLesson, restoreToOutline, versionsPage } from '#features/catalogue/index.server.ts';
import type { Actor } from '#platform/context.ts';
import type { ChapterId, LessonId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { beginLesson, editableLesson, lessonEditorPage, lessonOfTeam, studioCourse, studioList } from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let owner: Actor & { kind: 'person' };
let course: MadeCourse;

beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
  course = await aCourse(database, { instructorId: owner.id, chapters: [{ lessons: [{ slug: 'one' }, { slug: 'two' }] }] });
});

const at = (lesson = 'one') => ({ course: course.slug, lesson });

test('the page of a lesson asks the database twice, its versions once, however much there is', async () => {
  const ctx = database.context(owner);
  const page = () => statementsOf(() => Promise.all([studioCourse(ctx, course.slug), lessonEditorPage(ctx, at())]));
  const versions = () => statementsOf(() => versionsPage(ctx, { ...at(), chosen: null }));
  expect([(await page()).length, (await versions()).length]).toEqual([2, 1]);
  for (let number = 1; number <= 30; number += 1) {
    await database.owner.query(
      "insert into resources (id, lesson_id, title, type, url, position) values (gen_random_uuid(), $1, 'A link', 'LINK', 'https://a.test', $2)",
      [course.lessons[0]!.id, number],
    );
    await database.owner.query(
      "insert into lesson_versions (id, lesson_id, author_id, title, content) values (gen_random_uuid(), $1, $2, 'One', 'Words')",
      [course.lessons[0]!.id, owner.id],
    );
  }
  expect([(await page()).length, (await versions()).length]).toEqual([2, 1]);
});

test('assistants read a lesson and change nothing; to others it is not there', async () => {
  const assistant = await aPerson(database, 'STUDENT');
  await database.owner.query("insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')", [
    course.id,
    assistant.id,
  ]);
  expect(await lessonEditorPage(database.context(assistant), at())).toMatchObject({ slug: 'one', mayEdit: false });
  await expect(editableLesson(database.context(assistant), at())).rejects.toMatchObject({ code: 'not-found' });
  const stranger = await aPerson(database, 'INSTRUCTOR');
  await expect(lessonEditorPage(database.context(stranger), at())).rejects.toMatchObject({ code: 'not-found' });
  await expect(lessonEditorPage(database.context(owner), at('three'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(lessonEditorPage(database.context(guest), at())).rejects.toMatchObject({ code: 'sign-in-required' });
});

test('a lesson that was removed, or whose chapter was, is nowhere in the studio until it is put back', async () => {
  const ctx = database.context(owner);
  const {
    id: courseId,
    slug,
    chapterIds,
    lessons,
  } = await aCourse(database, {
    instructorId: owner.id,
    chapters: [{ lessons: [{ slug: 'stays' }, { slug: 'goes' }] }, { lessons: [{ slug: 'within' }] }],
  });
  const chapterId = chapterIds[1] as ChapterId;
  const lessonId = lessons[1]!.id as LessonId;
  const ways = (lesson: string) => [
    () => lessonEditorPage(ctx, { course: slug, lesson }),
    () => editableLesson(ctx, { course: slug, lesson }),
    () => versionsPage(ctx, { course: slug, lesson, chosen: null }),
    () => lessonOfTeam(ctx, { courseSlug: slug, lessonSlug: lesson }),
  ];
  const count = async () => (await studioList(ctx, {})).courses.find((found) => found.slug === slug)?.lessonCount;
  for (const way of ['stays', 'goes', 'within'].flatMap(ways)) await way();
  expect(await count()).toBe(3);

  await removeLesson(ctx, { lessonId });
  await removeChapter(ctx, { chapterId });
  for (const way of ['goes', 'within'].flatMap(ways)) await expect(way()).rejects.toMatchObject({ code: 'not-found' });
  for (const way of ways('stays')) await way();
  expect(await count()).toBe(1);
  await expect(beginLesson(ctx, { chapterId, title: 'Lost', type: 'TEXT' })).rejects.toMatchObject({ code: 'not-found' });

  for (const itemId of [lessonId, chapterId]) await restoreToOutline(ctx, { courseId, itemId });
  for (const way of ['goes', 'within'].flatMap(ways)) await way();
});
