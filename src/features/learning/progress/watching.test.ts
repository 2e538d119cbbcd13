import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerSubscriptions, subscribe } from '#platform/events.server.ts';
import { aCourse, aPerson, type CourseWish } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { completeLesson, courseCompleted, enrollInCourse, lessonCompleted, recordWatched, reopenLesson } from '../index.server.ts';
import { type PlayedRange, secondsOf, unionOf } from './progress.ts';

const database = testDatabase({ poolSize: 12 });
beforeAll(async () => {
  registerSubscriptions([subscribe(lessonCompleted, 'test', async () => {}), subscribe(courseCompleted, 'test', async () => {})]);
});
afterAll(async () => {
  registerSubscriptions([]);
});

async function watcher(wish: CourseWish = { chapters: [{ lessons: [{ type: 'VIDEO', seconds: 600 }, {}] }] }, timeZone = 'UTC') {
  const course = await aCourse(database, wish);
  const student = await aPerson(database, 'STUDENT', { timeZone });
  await enrollInCourse(database.context(student), { courseSlug: course.slug });
  const lesson = course.lessons[0]!;
  const report = (played: [number, number][], positionSeconds = 0, now?: Date) =>
    recordWatched(database.context(student, now), { lessonId: lesson.id, played, positionSeconds });
  return { course, student, lesson, report };
}

async function kept(userId: string) {
  const { rows } = await database.owner.query<{
    ranges: [number, number][];
    seconds: number;
    percent: number;
    position: number;
    completed: boolean;
    watchSeconds: number;
    daySeconds: number;
    dayLessons: number;
  }>(
    `select (select coalesce(json_agg(json_build_array(lower(r), upper(r))), '[]') from unnest(p.watched_ranges) r) as ranges,
            p.watched_seconds as seconds, p.watched_percent as percent, p.position_seconds as position, p.completed, e.watch_seconds as "watchSeconds",
            (select coalesce(sum(seconds), 0)::int from learning_days d where d.user_id = e.user_id) as "daySeconds",
            (select coalesce(sum(lessons_completed), 0)::int from learning_days d where d.user_id = e.user_id) as "dayLessons"
       from enrollments e join lesson_progress p on p.enrollment_id = e.id where e.user_id = $1`,
    [userId],
  );
  return rows[0]!;
}

async function announced(): Promise<string[]> {
  const { rows } = await database.owner.query<{ name: string }>('select task_identifier as name from graphile_worker.jobs order by id');
  await database.owner.query('select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))');
  return rows.map(({ name }) => name.replace('>test', ''));
}

describe('a report of played seconds', () => {
  test('joins the earlier ones: skipping does not count, rewatching does not count twice', async () => {
    const { student, report } = await watcher();
    await report([[0, 10]], 10);
    await report(
      [
        [0, 20],
        [100, 110],
      ],
      110,
    );
    expect(await report([[15, 30]], 30)).toEqual({ watchedPercent: 6, lessonCompleted: false, progressPercent: 0, courseCompleted: false });
    expect(await kept(student.id)).toMatchObject({
      ranges: [
        [0, 30],
        [100, 110],
      ],
      seconds: 40,
      percent: 6,
      position: 30,
      watchSeconds: 40,
      daySeconds: 40,
    });
  });

  test('that comes twice changes nothing', async () => {
    const { student, report } = await watcher();
    await report([[0, 10]], 10);
    const before = await kept(student.id);
    await report([[0, 10]], 10);
    expect(await kept(student.id)).toEqual(before);
  });

  test('counts no second beyond the end of the video', async () => {
    const { student, report } = await watcher();
    await report([[590, 80_000]], 600);
    expect(await kept(student.id)).toMatchObject({ ranges: [[590, 600]], seconds: 10 });
  });

  test('is one statement', async () => {
    const { report } = await watcher();
    await report([[0, 10]]);
    expect(await statementsOf(() => report([[10, 20]]))).toHaveLength(1);
  });

  test('belongs to the day that it is for the learner', async () => {
    const { student, report } = await watcher(undefined, 'America/Los_Angeles');
    await report([[0, 10]], 10, new Date('2026-05-05T03:00:00Z'));
    const { rows } = await database.owner.query('select local_date::text as day, seconds from learning_days where user_id = $1', [
      student.id,
    ]);
    expect(rows).toEqual([{ day: '2026-05-04', seconds: 10 }]);
  });

  test('without seconds remembers only which lesson was opened', async () => {
    const { course, student } = await watcher();
    await recordWatched(database.context(student), { lessonId: course.lessons[1]!.id, played: [], positionSeconds: 0 });
    const { rows } = await database.owner.query('select last_lesson_id as id from enrollments where user_id = $1', [student.id]);
    expect(rows).toEqual([{ id: course.lessons[1]!.id }]);
    expect((await database.owner.query('select 1 from learning_days where user_id = $1', [student.id])).rows).toEqual([]);
  });

  test('keeps what any order and overlap of reports covers: exactly their union', async () => {
    const range = fc.tuple(fc.nat(700), fc.nat(80)).map(([from, length]): PlayedRange => [from, from + length]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(range, { maxLength: 5 }), { minLength: 1, maxLength: 6 }), async (reports) => {
        const { student, report } = await watcher({
          allowsManualCompletion: false,
          chapters: [{ lessons: [{ type: 'VIDEO', seconds: 600 }] }],
        });
        for (const played of reports) await report(played as [number, number][]);
        const expected = unionOf(reports.flat().map(([from, to]) => [Math.min(from, 600), Math.min(to, 600)]));
        const now = await kept(student.id);
        expect(now.ranges).toEqual(expected);
        expect([now.seconds, now.watchSeconds, now.daySeconds]).toEqual(Array(3).fill(secondsOf(expected)));
        expect(now.completed).toBe(secondsOf(expected) >= 540);
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ['negative seconds', [[-1, 5]]],
    ['fractions', [[0, 1.5]]],
    ['more than a day', [[0, 90_000]]],
    ['too many ranges', Array.from({ length: 501 }, (_, index) => [index * 2, index * 2 + 1])],
    ['something else', 'all of it'],
  ])('with %s is refused, and nothing is kept', async (_what, played) => {
    const { student, lesson } = await watcher();
    const reporting = recordWatched(database.context(student), { lessonId: lesson.id, played: played as never, positionSeconds: 0 });
    await expect(reporting).rejects.toMatchObject({ code: 'invalid' });
    expect(
      (
        await database.owner.query('select 1 from lesson_progress p join enrollments e on e.id = p.enrollment_id where e.user_id = $1', [
          student.id,
        ])
      ).rows,
    ).toEqual([]);
  });

  test('with its ends swapped counts for nothing', async () => {
    const { student, report } = await watcher();
    await report([[20, 10]]);
    expect(await kept(student.id)).toMatchObject({ seconds: 0 });
  });

  test('is refused for a guest, for who is not enrolled, and for whose access has ended', async () => {
    const { student, lesson, report } = await watcher();
    const input = { lessonId: lesson.id, played: [[0, 5]] as [number, number][], positionSeconds: 5 };
    await expect(recordWatched(database.context(guest), input)).rejects.toMatchObject({ code: 'sign-in-required' });
    await expect(recordWatched(database.context(await aPerson(database)), input)).rejects.toMatchObject({ code: 'not-found' });
    await database.owner.query(
      `update access_grants set expires_at = '2026-05-04T09:59:59Z', starts_at = '2026-05-01' where user_id = $1`,
      [student.id],
    );
    await expect(report([[0, 5]])).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a video', () => {
  test('is complete at 90 percent watched, not a second before, and that is announced with it', async () => {
    const { student, report } = await watcher();
    expect(await report([[0, 539]])).toMatchObject({ watchedPercent: 89, lessonCompleted: false });
    await announced();
    expect(await report([[539, 540]])).toEqual({ watchedPercent: 90, lessonCompleted: true, progressPercent: 50, courseCompleted: false });
    expect(await kept(student.id)).toMatchObject({ completed: true, seconds: 540, dayLessons: 1 });
    expect(await announced()).toEqual(['learning.lessonCompleted']);
    expect(await report([[540, 600]])).toMatchObject({ watchedPercent: 100, lessonCompleted: true });
    expect(await announced()).toEqual([]);
  });

  test('watched as the last lesson completes the course', async () => {
    const { course, student, report } = await watcher();
    await completeLesson(database.context(student), { courseSlug: course.slug, lessonSlug: course.lessons[1]!.slug });
    await announced();
    expect(await report([[0, 600]])).toEqual({ watchedPercent: 100, lessonCompleted: true, progressPercent: 100, courseCompleted: true });
    expect(await announced()).toEqual(['learning.lessonCompleted', 'learning.courseCompleted']);
  });

  test('of unknown length is never complete by watching', async () => {
    const { report } = await watcher({ chapters: [{ lessons: [{ type: 'VIDEO', seconds: 0 }] }] });
    expect(await report([[0, 5000]])).toMatchObject({ watchedPercent: 0, lessonCompleted: false });
  });
});

describe('two devices at once', () => {
  const warm = () => Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.01)')));

  test('lose not one second', async () => {
    await warm();
    for (let round = 0; round < 15; round += 1) {
      const { student, report } = await watcher();
      const first = Array.from({ length: 8 }, (_, index): [number, number] => [index * 10, index * 10 + 10]);
      const second = first.map(([from, to]): [number, number] => [from + 300, to + 300]);
      await Promise.all([...first, ...second].map((range) => report([range])));
      expect(await kept(student.id)).toMatchObject({
        ranges: [
          [0, 80],
          [300, 380],
        ],
        seconds: 160,
        watchSeconds: 160,
        daySeconds: 160,
      });
    }
  });

  test('that watch the same seconds count them once', async () => {
    await warm();
    for (let round = 0; round < 15; round += 1) {
      const { student, report } = await watcher();
      await Promise.all(Array.from({ length: 8 }, (_, index) => report([[0, 50 + index]])));
      expect(await kept(student.id)).toMatchObject({ seconds: 57, watchSeconds: 57, daySeconds: 57 });
    }
  });

  test('that finish the course together finish it once', async () => {
    await warm();
    for (let round = 0; round < 15; round += 1) {
      const { course, student, report } = await watcher();
      await announced();
      const byHand = () => completeLesson(database.context(student), { courseSlug: course.slug, lessonSlug: course.lessons[1]!.slug });
      const answers = await Promise.all([report([[0, 600]]), byHand(), report([[0, 600]]), byHand()]);
      expect(answers.filter((answer) => answer.courseCompleted)).toHaveLength(1);
      expect((await announced()).sort()).toEqual(['learning.courseCompleted', 'learning.lessonCompleted', 'learning.lessonCompleted']);
      expect(await kept(student.id)).toMatchObject({ dayLessons: 2 });
      const { rows } = await database.owner.query('select status, progress_percent as percent from enrollments where user_id = $1', [
        student.id,
      ]);
      expect(rows).toEqual([{ status: 'COMPLETED', percent: 100 }]);
    }
  });

  test('of which one marks the lesson while the other plays it complete it once, and lose no second', async () => {
    await warm();
    for (let round = 0; round < 15; round += 1) {
      const { course, student, report } = await watcher();
      await announced();
      const mark = () => completeLesson(database.context(student), { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });
      await Promise.all([report([[0, 300]]), mark(), report([[300, 520]]), mark(), report([[520, 600]])]);
      expect((await announced()).filter((name) => name === 'learning.lessonCompleted')).toHaveLength(1);
      expect(await kept(student.id)).toMatchObject({ completed: true, seconds: 600, watchSeconds: 600, daySeconds: 600, dayLessons: 1 });
    }
  });

  test('of which one takes the mark back while the other plays on leave lesson, percent and day agreeing', async () => {
    await warm();
    for (let round = 0; round < 15; round += 1) {
      const { course, student, report } = await watcher();
      const lesson = { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug };
      await completeLesson(database.context(student), lesson);
      await Promise.allSettled([
        report([[0, 300]]),
        reopenLesson(database.context(student), lesson),
        report([[300, 600]]),
        report([[100, 400]]),
      ]);
      const now = await kept(student.id);
      const { rows } = await database.owner.query('select progress_percent as percent from enrollments where user_id = $1', [student.id]);
      expect(now).toMatchObject({ seconds: 600, percent: 100, watchSeconds: 600, dayLessons: now.completed ? 1 : 0 });
      expect(rows).toEqual([{ percent: now.completed ? 50 : 0 }]);
      expect(await report([[0, 1]])).toMatchObject({ lessonCompleted: true, progressPercent: 50 });
      expect(await kept(student.id)).toMatchObject({ completed: true, dayLessons: 1 });
    }
  });

  test('in two courses add up on one learning day', async () => {
    await warm();
    const { student, report } = await watcher();
    const other = await aCourse(database, { chapters: [{ lessons: [{ type: 'VIDEO', seconds: 600 }] }] });
    await enrollInCourse(database.context(student), { courseSlug: other.slug });
    const reportOther = (played: [number, number][]) =>
      recordWatched(database.context(student), { lessonId: other.lessons[0]!.id, played, positionSeconds: 0 });
    await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? report : reportOther)([[index * 10, index * 10 + 10]])));
    const { rows } = await database.owner.query('select seconds from learning_days where user_id = $1', [student.id]);
    expect(rows).toEqual([{ seconds: 200 }]);
  });
});
