import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import { aCourse, addLesson as addRow, aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import {
  addChapter,
  addLesson,
  changeLessons,
  moveChapter,
  moveLesson,
  removeChapter,
  removeLesson,
  restoreToOutline,
  updateLesson,
} from '../index.server.ts';
import { sweepRemoved } from './sweep-removed.ts';

const database = testDatabase({ poolSize: 12 });
testProcess(database);
let owner: Actor & { kind: 'person' };
let ctx: Context;

beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
  ctx = database.context(owner);
});

/** A course whose chapters have so many lessons, which are called a1, a2, b1 … */
async function courseOf(...counts: number[]) {
  const name = (chapter: number, lesson: number) => `${'abcdef'[chapter]}${lesson + 1}`;
  const chapters = counts.map((count, chapter) => ({
    lessons: Array.from({ length: count }, (_, lesson) => ({ slug: name(chapter, lesson) })),
  }));
  const course = await aCourse(database, { instructorId: owner.id, chapters });
  const lesson = (slug: string) => course.lessons.find((found) => found.slug === slug)!.id as LessonId;
  return { ...course, courseId: course.id as CourseId, chapters: course.chapterIds as ChapterId[], lesson };
}

/** What learners would see, in order, one word a chapter. */
async function outlineOf(courseId: string): Promise<string> {
  const { rows } = await database.owner.query<{ words: string }>(
    `select string_agg(coalesce(lessons, '-'), ' ' order by position) as words from (
       select c.position, (select string_agg(l.slug, ',' order by l.position) from learner_lessons l where l.chapter_id = c.id) as lessons
         from chapters c where c.course_id = $1 and c.published) c`,
    [courseId],
  );
  return rows[0]!.words;
}

/** The numbers of places, one word a chapter: gapless is 1,2,3. */
async function placesOf(courseId: string): Promise<string> {
  const { rows } = await database.owner.query<{ places: string }>(
    `select string_agg(c.position || ':' || coalesce((select string_agg(l.position::text, ',' order by l.position) from lessons l where l.chapter_id = c.id), ''), ' ' order by c.position) as places
       from chapters c where c.course_id = $1`,
    [courseId],
  );
  return rows[0]!.places;
}

describe('moving', () => {
  test('a lesson goes between two others, also into another chapter, and the places stay without gaps', async () => {
    const { courseId, chapters, lesson } = await courseOf(3, 2);
    await moveLesson(ctx, { lessonId: lesson('a3'), chapterId: chapters[0]!, afterId: null, beforeId: lesson('a1') });
    expect(await outlineOf(courseId)).toBe('a3,a1,a2 b1,b2');
    await moveLesson(ctx, { lessonId: lesson('a1'), chapterId: chapters[1]!, afterId: lesson('b1'), beforeId: lesson('b2') });
    expect([await outlineOf(courseId), await placesOf(courseId)]).toEqual(['a3,a2 b1,a1,b2', '1:1,2 2:1,2,3']);
  });

  test('says where something was, so that it can be moved back', async () => {
    const { courseId, chapters, lesson } = await courseOf(3, 1);
    const was = await moveLesson(ctx, { lessonId: lesson('a2'), chapterId: chapters[1]!, afterId: lesson('b1'), beforeId: null });
    expect(await outlineOf(courseId)).toBe('a1,a3 b1,a2');
    await moveLesson(ctx, { lessonId: lesson('a2'), ...was });
    expect(await outlineOf(courseId)).toBe('a1,a2,a3 b1');
    const before = await moveChapter(ctx, { chapterId: chapters[0]!, afterId: chapters[1]!, beforeId: null });
    expect(await outlineOf(courseId)).toBe('b1 a1,a2,a3');
    await moveChapter(ctx, { chapterId: chapters[0]!, ...before });
    expect(await outlineOf(courseId)).toBe('a1,a2,a3 b1');
  });

  test('a lesson goes to no chapter of another course', async () => {
    const [one, other] = [await courseOf(1), await courseOf(1)];
    await expect(moveLesson(ctx, { lessonId: one.lesson('a1'), chapterId: other.chapters[0]! })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect([await outlineOf(one.courseId), await outlineOf(other.courseId)]).toEqual(['a1', 'a1']);
  });

  test('two editors at once lose nothing of each other’s', async () => {
    const { courseId, chapters, lesson } = await courseOf(6, 6, 6);
    const second = await aPerson(database, 'INSTRUCTOR');
    await database.owner.query(`insert into course_instructors (course_id, user_id, role) values ($1, $2, 'CO_INSTRUCTOR')`, [
      courseId,
      second.id,
    ]);
    const other = database.context(second);
    // The pool is warm: both really are at it at the same moment.
    await Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.05)')));
    const deeds: Promise<unknown>[] = [];
    for (let number = 1; number <= 6; number += 1) {
      deeds.push(moveLesson(ctx, { lessonId: lesson(`a${number}`), chapterId: chapters[2]!, afterId: lesson(`c${number}`) }));
      deeds.push(moveLesson(other, { lessonId: lesson(`b${number}`), chapterId: chapters[0]!, afterId: null }));
      deeds.push(addLesson(other, { chapterId: chapters[1]!, title: `New ${number}`, published: true, visibility: 'PUBLIC' }));
    }
    deeds.push(moveChapter(ctx, { chapterId: chapters[2]!, afterId: null, beforeId: chapters[0]! }));
    deeds.push(addChapter(other, { courseId, title: 'One more' }));
    await Promise.all(deeds);
    const [third = '', first = '', middle = ''] = (await outlineOf(courseId)).split(' ');
    // What was moved follows what its editor put it behind, whatever the other did in between.
    for (let number = 1; number <= 6; number += 1) expect(third).toContain(`c${number},a${number}`);
    expect(first.split(',').sort()).toEqual(['b1', 'b2', 'b3', 'b4', 'b5', 'b6']);
    expect(middle.split(',').sort()).toEqual(['new-1', 'new-2', 'new-3', 'new-4', 'new-5', 'new-6']);
    const places = (await placesOf(courseId)).split(' ');
    expect(places[0]).toBe('1:1,2,3,4,5,6,7,8,9,10,11,12');
    expect(places[1]).toBe('2:1,2,3,4,5,6');
    expect(places.map((place) => place.split(':')[0])).toEqual(['1', '2', '3', '4']);
  });
});

test('chosen lessons are published and hidden all at once, and the course counts anew', async () => {
  const { courseId, lesson } = await courseOf(3);
  const lessonIds = [lesson('a1'), lesson('a3')];
  const counted = async () =>
    (await database.owner.query<{ n: number }>('select lesson_count as n from courses where id = $1', [courseId])).rows[0]!.n;
  expect(await changeLessons(ctx, { courseId, lessonIds, visibility: 'PRIVATE' })).toEqual({ changed: 2 });
  expect([await outlineOf(courseId), await counted()]).toEqual(['a2', 1]);
  await changeLessons(ctx, { courseId, lessonIds, visibility: 'PREVIEW', isRequired: false });
  expect([await outlineOf(courseId), await counted()]).toEqual(['a1,a2,a3', 3]);
  const other = await courseOf(1);
  expect(await changeLessons(ctx, { courseId, lessonIds: [other.lesson('a1')], published: false })).toEqual({ changed: 0 });
  await expect(changeLessons(ctx, { courseId, lessonIds: [] })).rejects.toMatchObject({ code: 'invalid' });
});

describe('what is removed', () => {
  const progressOf = async (lessonId: string) =>
    (await database.owner.query('select from lesson_progress where lesson_id = $1', [lessonId])).rowCount;

  async function begunBySomebody(courseId: string, lessonId: string): Promise<void> {
    const student = await aPerson(database);
    await database.owner.query(
      `with e as (insert into enrollments (id, user_id, course_id) values (gen_random_uuid(), $1, $2) returning id)
       insert into lesson_progress (id, enrollment_id, lesson_id, completed, completed_at) select gen_random_uuid(), id, $3, true, now() from e`,
      [student.id, courseId, lessonId],
    );
  }

  test('is seen by nobody, keeps what people did there, and comes back to its place as it was', async () => {
    const { courseId, lesson } = await courseOf(3);
    await updateLesson(ctx, { lessonId: lesson('a2'), visibility: 'PREVIEW' });
    await begunBySomebody(courseId, lesson('a2'));
    for (const _ of [1, 2]) await removeLesson(ctx, { lessonId: lesson('a2') });
    expect([await outlineOf(courseId), await progressOf(lesson('a2'))]).toEqual(['a1,a3', 1]);
    for (const _ of [1, 2]) await restoreToOutline(ctx, { courseId, itemId: lesson('a2') });
    expect(await outlineOf(courseId)).toBe('a1,a2,a3');
    const { rows } = await database.owner.query('select visibility, published from lessons where id = $1', [lesson('a2')]);
    expect([rows, await progressOf(lesson('a2'))]).toEqual([[{ visibility: 'PREVIEW', published: true }], 1]);
  });

  test('comes back between what was moved and added meanwhile', async () => {
    const { courseId, chapters, lesson } = await courseOf(3);
    await removeLesson(ctx, { lessonId: lesson('a1') });
    await moveLesson(ctx, { lessonId: lesson('a3'), chapterId: chapters[0]!, afterId: null, beforeId: lesson('a2') });
    await addLesson(ctx, { chapterId: chapters[0]!, title: 'a4', published: true, visibility: 'PUBLIC' });
    expect(await outlineOf(courseId)).toBe('a3,a2,a4');
    await restoreToOutline(ctx, { courseId, itemId: lesson('a1') });
    expect([await outlineOf(courseId), await placesOf(courseId)]).toEqual(['a1,a3,a2,a4', '1:1,2,3,4']);
  });

  test('may be a chapter with all that is in it', async () => {
    const { courseId, chapters, lesson } = await courseOf(2, 2);
    await removeLesson(ctx, { lessonId: lesson('a1') });
    await removeChapter(ctx, { chapterId: chapters[0]! });
    expect(await outlineOf(courseId)).toBe('b1,b2');
    await expect(moveLesson(ctx, { lessonId: lesson('b1'), chapterId: chapters[0]! })).rejects.toMatchObject({ code: 'conflict' });
    await expect(moveChapter(ctx, { chapterId: chapters[0]!, afterId: chapters[1]! })).rejects.toMatchObject({ code: 'conflict' });
    await expect(restoreToOutline(ctx, { courseId, itemId: lesson('a1') })).rejects.toMatchObject({ code: 'conflict' });
    await restoreToOutline(ctx, { courseId, itemId: chapters[0]! });
    expect(await outlineOf(courseId)).toBe('a2 b1,b2');
  });

  test('is not removed any more when an import or somebody shows it again', async () => {
    const { courseId, lesson } = await courseOf(2);
    await removeLesson(ctx, { lessonId: lesson('a1') });
    await updateLesson(ctx, { lessonId: lesson('a1'), published: true, visibility: 'PUBLIC' });
    expect(await outlineOf(courseId)).toBe('a1,a2');
    expect((await database.owner.query('select from removals where course_id = $1', [courseId])).rowCount).toBe(0);
  });

  test('goes for good after 30 days, but for what people were graded for', async () => {
    const { courseId, chapters, lesson } = await courseOf(3, 1);
    const graded = await addRow(
      database,
      { id: courseId, slug: '', instructorId: owner.id, chapterIds: chapters, lessons: [] },
      { slug: 'graded' },
    );
    const student = await aPerson(database);
    await database.owner.query(
      `with q as (insert into quizzes (id, lesson_id, title) values (gen_random_uuid(), $1, 'Quiz') returning id)
       insert into quiz_attempts (id, quiz_id, user_id, number, questions, total_questions) select gen_random_uuid(), id, $2, 1, '[]', 0 from q`,
      [graded.id, student.id],
    );
    for (const lessonId of [lesson('a1'), lesson('a2'), graded.id as LessonId]) await removeLesson(ctx, { lessonId });
    await removeChapter(ctx, { chapterId: chapters[1]! });
    await restoreToOutline(ctx, { courseId, itemId: lesson('a2') });
    const left = async () =>
      (await database.owner.query<{ slug: string }>('select slug from lessons where course_id = $1 order by slug', [courseId])).rows.map(
        ({ slug }) => slug,
      );
    const daysLater = (days: number) => database.context(system, new Date(ctx.now.getTime() + days * 86_400_000));
    await sweepRemoved(daysLater(29));
    expect(await left()).toEqual(['a1', 'a2', 'a3', 'b1', 'graded']);
    await sweepRemoved(daysLater(31));
    expect(await left()).toEqual(['a2', 'a3', 'b1', 'graded']);
    await expect(restoreToOutline(ctx, { courseId, itemId: lesson('a1') })).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('who may not change a course moves, hides and removes nothing of it', async () => {
  const { courseId, chapters, lesson } = await courseOf(2, 1);
  const assistant = await aPerson(database, 'INSTRUCTOR');
  await database.owner.query(`insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')`, [
    courseId,
    assistant.id,
  ]);
  for (const actor of [assistant, await aPerson(database, 'INSTRUCTOR'), await aPerson(database)]) {
    const other = database.context(actor);
    const attempts = [
      () => moveLesson(other, { lessonId: lesson('a1'), chapterId: chapters[1]! }),
      () => moveChapter(other, { chapterId: chapters[0]! }),
      () => changeLessons(other, { courseId, lessonIds: [lesson('a1')], published: false }),
      () => removeLesson(other, { lessonId: lesson('a1') }),
      () => removeChapter(other, { chapterId: chapters[0]! }),
      () => restoreToOutline(other, { courseId, itemId: lesson('a1') }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' });
  }
  expect(await outlineOf(courseId)).toBe('a1,a2 b1');
});
