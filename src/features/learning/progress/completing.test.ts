import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerSubscriptions, subscribe } from '#platform/events.server.ts';
import { aCourse, addLesson, aPerson, type CourseWish, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import {
  completeLesson,
  courseCompleted,
  enrollInCourse,
  lessonCompleted,
  recordWatched,
  recountProgress,
  reopenLesson,
} from '../index.server.ts';

const database = testDatabase({ poolSize: 12 });
beforeAll(async () => {
  registerSubscriptions([subscribe(lessonCompleted, 'test', async () => {}), subscribe(courseCompleted, 'test', async () => {})]);
});
afterAll(async () => {
  registerSubscriptions([]);
});

type Learner = Awaited<ReturnType<typeof aPerson>>;

async function enrolled(wish: CourseWish = {}, timeZone = 'UTC') {
  const course = await aCourse(database, wish);
  const student = await aPerson(database, 'STUDENT', { timeZone });
  await enrollInCourse(database.context(student), { courseSlug: course.slug });
  return { course, student };
}

const complete = (student: Learner, course: MadeCourse, index: number, now?: Date) =>
  completeLesson(database.context(student, now), { courseSlug: course.slug, lessonSlug: course.lessons[index]!.slug });
const reopen = (student: Learner, course: MadeCourse, index: number, now?: Date) =>
  reopenLesson(database.context(student, now), { courseSlug: course.slug, lessonSlug: course.lessons[index]!.slug });

async function enrollmentOf(student: Learner) {
  const { rows } = await database.owner.query<{ status: string; percent: number; completedAt: Date | null; lastLessonId: string | null }>(
    `select status, progress_percent as percent, completed_at as "completedAt", last_lesson_id as "lastLessonId" from enrollments where user_id = $1`,
    [student.id],
  );
  return rows[0];
}

async function chaptersOf(student: Learner) {
  const { rows } = await database.owner.query<{ percent: number; completed: boolean }>(
    `select p.progress_percent as percent, p.completed from chapter_progress p join enrollments e on e.id = p.enrollment_id
       join chapters c on c.id = p.chapter_id where e.user_id = $1 order by c.position`,
    [student.id],
  );
  return rows;
}

async function daysOf(student: Learner) {
  const { rows } = await database.owner.query<{ day: string; lessons: number }>(
    'select local_date::text as day, lessons_completed as lessons from learning_days where user_id = $1 order by 1',
    [student.id],
  );
  return rows;
}

/** Announced events, by name; asking takes them away. */
async function announced(): Promise<string[]> {
  const { rows } = await database.owner.query<{ name: string }>('select task_identifier as name from graphile_worker.jobs order by id');
  await database.owner.query('select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))');
  return rows.map(({ name }) => name.replace('>test', ''));
}

describe('completing lessons', () => {
  test('moves lesson, chapter, course, last lesson and learning day together, and tells it once', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{}, {}] }, { lessons: [{}] }] });
    await announced();
    expect(await complete(student, course, 0)).toEqual({ progressPercent: 33, courseCompleted: false });
    expect(await enrollmentOf(student)).toEqual({ status: 'ACTIVE', percent: 33, completedAt: null, lastLessonId: course.lessons[0]!.id });
    expect(await chaptersOf(student)).toEqual([{ percent: 50, completed: false }]);
    expect(await daysOf(student)).toEqual([{ day: '2026-05-04', lessons: 1 }]);
    expect(await announced()).toEqual(['learning.lessonCompleted']);

    expect(await complete(student, course, 0)).toEqual({ progressPercent: 33, courseCompleted: false });
    expect(await daysOf(student)).toEqual([{ day: '2026-05-04', lessons: 1 }]);
    expect(await announced()).toEqual([]);
  });

  test('the last one completes the course, says so once, and keeps the moment', async () => {
    const { course, student } = await enrolled();
    await complete(student, course, 1);
    await announced();
    const last = new Date('2026-05-05T18:30:00Z');
    expect(await complete(student, course, 0, last)).toEqual({ progressPercent: 100, courseCompleted: true });
    expect(await enrollmentOf(student)).toMatchObject({ status: 'COMPLETED', percent: 100, completedAt: last });
    expect(await chaptersOf(student)).toEqual([{ percent: 100, completed: true }]);
    expect(await announced()).toEqual(['learning.lessonCompleted', 'learning.courseCompleted']);
    expect(await complete(student, course, 0)).toEqual({ progressPercent: 100, courseCompleted: false });
    expect(await announced()).toEqual([]);
  });

  test('counts only lessons that are required and that learners can see', async () => {
    const { course, student } = await enrolled({
      chapters: [
        { lessons: [{}, { isRequired: false }, { published: false }, { visibility: 'PRIVATE' }] },
        { published: false, lessons: [{}] },
        { visibility: 'PRIVATE', lessons: [{}] },
      ],
    });
    expect(await complete(student, course, 0)).toEqual({ progressPercent: 100, courseCompleted: true });
  });

  test('an optional lesson can be done too, and changes no percent', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{}, { isRequired: false }] }] });
    expect(await complete(student, course, 1)).toEqual({ progressPercent: 0, courseCompleted: false });
    expect(await daysOf(student)).toEqual([{ day: '2026-05-04', lessons: 1 }]);
  });

  test('belongs to the day that it is for the learner', async () => {
    const { course, student } = await enrolled({}, 'Pacific/Auckland');
    await complete(student, course, 0, new Date('2026-05-04T13:00:00Z'));
    expect(await daysOf(student)).toEqual([{ day: '2026-05-05', lessons: 1 }]);
  });

  test.each([
    ['a guest', async () => guest, 'sign-in-required'],
    ['somebody who is not enrolled', () => aPerson(database), 'forbidden'],
    ['an instructor of something else', () => aPerson(database, 'INSTRUCTOR'), 'forbidden'],
    ['an admin who is not enrolled', () => aPerson(database, 'ADMIN'), 'forbidden'],
  ])('is refused for %s', async (_who, make, code) => {
    const course = await aCourse(database);
    const actor = await make();
    await expect(completeLesson(database.context(actor), { courseSlug: course.slug, lessonSlug: 'lesson-1' })).rejects.toMatchObject({
      code,
    });
  });

  test('is refused once access has ended, and for what is not there', async () => {
    const { course, student } = await enrolled();
    await expect(completeLesson(database.context(student), { courseSlug: course.slug, lessonSlug: 'nothing' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await database.owner.query('update access_grants set revoked_at = now() where user_id = $1', [student.id]);
    await expect(complete(student, course, 0)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is refused for a quiz, and for a video of a course that wants it watched, wherever it lies, unless nobody knows how long it is', async () => {
    const { course, student } = await enrolled({
      allowsManualCompletion: false,
      chapters: [
        { lessons: [{ type: 'QUIZ' }, { type: 'VIDEO' }, { type: 'VIDEO', far: true }, { type: 'VIDEO', far: true, seconds: 0 }] },
      ],
    });
    await expect(complete(student, course, 0)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(complete(student, course, 1)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(complete(student, course, 2)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await complete(student, course, 3)).toMatchObject({ progressPercent: 25 });
  });

  test('a chapter that opens later cannot be done before', async () => {
    const { course, student } = await enrolled({ chapters: [{ releaseAfterDays: 7, lessons: [{}] }] });
    await expect(complete(student, course, 0)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await complete(student, course, 0, new Date('2026-05-11T10:00:00Z'))).toMatchObject({ courseCompleted: true });
  });
});

describe('taking a completion back', () => {
  test('lowers the percent, frees the day of its lesson, and leaves a finished course finished', async () => {
    const { course, student } = await enrolled();
    await complete(student, course, 0);
    await complete(student, course, 1);
    await announced();
    expect(await reopen(student, course, 1, new Date('2026-05-09T10:00:00Z'))).toEqual({ progressPercent: 50 });
    expect(await enrollmentOf(student)).toMatchObject({ status: 'COMPLETED', percent: 50, completedAt: new Date('2026-05-04T10:00:00Z') });
    expect(await chaptersOf(student)).toEqual([{ percent: 50, completed: true }]);
    expect(await daysOf(student)).toEqual([{ day: '2026-05-04', lessons: 1 }]);
    expect(await reopen(student, course, 1)).toEqual({ progressPercent: 50 });
    expect(await daysOf(student)).toEqual([{ day: '2026-05-04', lessons: 1 }]);
    expect(await complete(student, course, 1)).toEqual({ progressPercent: 100, courseCompleted: false });
    expect(await announced()).toEqual(['learning.lessonCompleted']);
  });

  test('is refused for what was earned by watching', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{ type: 'VIDEO', seconds: 100 }, {}] }] });
    await recordWatched(database.context(student), { lessonId: course.lessons[0]!.id, played: [[0, 95]], positionSeconds: 95 });
    await expect(reopen(student, course, 0)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('when the course changes', () => {
  const recount = (course: MadeCourse) => recountProgress.job.handler(database.context(system), { courseId: course.id } as never);

  test('lessons added later lower the percent and take no completion away', async () => {
    const { course, student } = await enrolled();
    await complete(student, course, 0);
    await complete(student, course, 1);
    const before = await enrollmentOf(student);
    await addLesson(database, course);

    await recount(course);
    expect(await enrollmentOf(student)).toEqual({ ...before, percent: 66 });
    expect(await chaptersOf(student)).toEqual([{ percent: 66, completed: true }]);
  });

  test('whoever has nothing left to do, because the rest was taken away, has completed the course', async () => {
    const systemDatabase = database.context(system);
    const { course, student } = await enrolled();
    const other = await aPerson(database);
    await enrollInCourse(database.context(other), { courseSlug: course.slug });
    await complete(student, course, 0);
    await announced();
    await database.owner.query('update lessons set published = false where id = $1', [course.lessons[1]!.id]);
    await recountProgress.job.handler(systemDatabase, { courseId: course.id } as never);
    expect(await enrollmentOf(student)).toMatchObject({ status: 'COMPLETED', percent: 100 });
    expect(await enrollmentOf(other)).toMatchObject({ status: 'ACTIVE', percent: 0 });
    expect(await announced()).toEqual(['learning.courseCompleted']);
  });

  test('counting anew while a lesson is being completed ends with the right percent', async () => {
    await Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.01)')));
    for (let round = 0; round < 25; round += 1) {
      const { course, student } = await enrolled({ chapters: [{ lessons: [{}, {}, {}, {}] }] });
      await complete(student, course, 0);
      await addLesson(database, course);
      let isDone = false;
      const recounting = Array.from({ length: 3 }, async () => {
        while (!isDone) {
          // As it stands when lessons have come since it was counted.
          await database.owner.query('update enrollments set progress_percent = 25 where user_id = $1 and progress_percent = 20', [
            student.id,
          ]);
          await recount(course);
        }
      });
      await complete(student, course, 1);
      isDone = true;
      await Promise.all(recounting);
      expect(await enrollmentOf(student)).toMatchObject({ status: 'ACTIVE', percent: 40 });
    }
  });
});

test('a text that was finished counts as the minutes it takes to read, once, and a film only as what was played', async () => {
  const { course, student } = await enrolled({
    chapters: [{ lessons: [{ seconds: 240 }, { type: 'VIDEO', seconds: 600 }, { seconds: 0 }] }],
  });
  const seconds = async () =>
    (
      await database.owner.query<{ seconds: number }>(
        'select coalesce(sum(seconds), 0)::int as seconds from learning_days where user_id = $1',
        [student.id],
      )
    ).rows[0]?.seconds;
  await complete(student, course, 0);
  expect(await seconds()).toBe(240);
  await reopen(student, course, 0);
  await complete(student, course, 0);
  await complete(student, course, 1);
  await complete(student, course, 2);
  expect(await seconds()).toBe(240);
});
