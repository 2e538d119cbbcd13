import { describe, expect, test } from 'vitest';
import { requireCourses } from '#features/catalogue/index.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest, system, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { completeLesson, courseStanding, enrollInCourse, lessonPage, recordWatched } from '../index.server.ts';

const database = testDatabase({ poolSize: 6 });

type Learner = Awaited<ReturnType<typeof aPerson>>;
const before = new Date('2026-05-03T10:00:00Z');

/** A course that asks for another. */
async function twoCourses() {
  const first = await aCourse(database, { title: 'First steps', chapters: [{ lessons: [{}] }] });
  const second = await aCourse(database, {
    title: 'Next steps',
    chapters: [{ lessons: [{ type: 'VIDEO', seconds: 100, html: '<p>Secret.</p>' }, { visibility: 'PREVIEW' }] }],
  });
  await ask(second, [first], before);
  return { first, second, student: await aPerson(database) };
}

const ask = (course: MadeCourse, needed: MadeCourse[], now?: Date) =>
  requireCourses(database.context(system, now), { courseId: course.id as CourseId, slugs: needed.map(({ slug }) => slug) });
const enroll = (student: Learner, course: MadeCourse, now?: Date) =>
  enrollInCourse(database.context(student, now), { courseSlug: course.slug });
const finish = (student: Learner, course: MadeCourse) =>
  completeLesson(database.context(student), { courseSlug: course.slug, lessonSlug: 'lesson-1' });
const standing = (actor: Parameters<TestDatabase['context']>[0], course: MadeCourse) =>
  courseStanding(database.context(actor), { slug: course.slug });
const page = (student: Learner, course: MadeCourse, lessonSlug = 'lesson-1') =>
  lessonPage(database.context(student), { courseSlug: course.slug, lessonSlug });
/** Access by another way than enrolling. */
const giveAccess = async (student: Learner, course: MadeCourse, now = '2026-05-04T09:00:00Z') => {
  const values = [student.id, course.id, now];
  await database.owner.query(
    "insert into access_grants (id, user_id, course_id, source, starts_at) values (gen_random_uuid(), $1, $2, 'GIFT', $3)",
    values,
  );
  await database.owner.query(
    'insert into enrollments (id, user_id, course_id, enrolled_at) values (gen_random_uuid(), $1, $2, $3)',
    values,
  );
};

describe('a course that asks for another', () => {
  test('says on its page which, and lets nobody enroll before that is finished; then it does', async () => {
    const { first, second, student } = await twoCourses();
    const needed = { slug: first.slug, title: 'First steps', isDone: false, isAsked: true };
    expect(await standing(student, second)).toMatchObject({ step: 'prepare', prerequisites: [needed], missing: [needed] });
    expect(await standing(guest, second)).toMatchObject({ step: 'sign-in', prerequisites: [needed] });
    expect(await enroll(student, second)).toEqual({ kind: 'prepare' });
    await enroll(student, first);
    expect(await enroll(student, second)).toEqual({ kind: 'prepare' });
    await finish(student, first);
    expect(await standing(student, second)).toMatchObject({ step: 'enroll', prerequisites: [{ isDone: true }], missing: [] });
    expect(await enroll(student, second)).toEqual({ kind: 'enrolled' });
    expect((await page(student, second, 'lesson-2')).content.kind).toBe('open');
  });

  test('is closed in its classroom to who got access by another way: nothing of it is sent, kept or counted, until the other is finished', async () => {
    const { first, second, student } = await twoCourses();
    await giveAccess(student, second);
    const shown = await page(student, second);
    expect(shown.content).toEqual({ kind: 'locked', reason: 'prerequisites', opens: null, endedOn: null });
    expect(shown.course).toMatchObject({ step: 'prepare', missing: [{ slug: first.slug }] });
    expect(JSON.stringify(shown)).not.toContain('Secret');
    expect(shown.outline.chapters[0]?.lessons.map(({ lock }) => lock)).toEqual(['not-enrolled', null]);
    const report = () =>
      recordWatched(database.context(student), { lessonId: second.lessons[0]!.id, played: [[0, 95]], positionSeconds: 95 });
    await expect(report()).rejects.toMatchObject({ code: 'not-found' });
    await expect(finish(student, second)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await page(student, second, 'lesson-2')).content.kind).toBe('open');

    await enroll(student, first);
    await finish(student, first);
    expect(await report()).toMatchObject({ lessonCompleted: true });
  });

  test('asks nothing of who had enrolled before it did, nor of who teaches it, helps in it or runs the school', async () => {
    const { second, student } = await twoCourses();
    await giveAccess(student, second, '2026-05-02T09:00:00Z');
    expect(await standing(student, second)).toMatchObject({ step: 'start', missing: [] });
    const assistant = await aPerson(database);
    await database.owner.query("insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')", [
      second.id,
      assistant.id,
    ]);
    const teacher = { ...(await aPerson(database, 'INSTRUCTOR')), id: second.instructorId };
    for (const person of [assistant, teacher, await aPerson(database, 'ADMIN')]) {
      expect(await enroll(person, second)).toEqual({ kind: 'enrolled' });
      const watched = { lessonId: second.lessons[0]!.id, played: [[0, 95]] as [number, number][], positionSeconds: 95 };
      expect(await recordWatched(database.context(person), watched)).toMatchObject({ lessonCompleted: true });
    }
  });

  test.each(['DRAFT', 'ARCHIVED'])('asks for nothing that is %s, because nobody could finish it', async (status) => {
    const { first, second, student } = await twoCourses();
    await database.owner.query('update courses set status = $2 where id = $1', [first.id, status]);
    expect(await standing(student, second)).toMatchObject({ step: 'enroll', prerequisites: [] });
    expect(await enroll(student, second)).toEqual({ kind: 'enrolled' });
  });
});

describe('asking for courses', () => {
  test('replaces what was asked for, keeps the day of what stays, and says what it does not know', async () => {
    const { first, second } = await twoCourses();
    const third = await aCourse(database);
    const answer = await requireCourses(database.context(system), {
      courseId: second.id as CourseId,
      slugs: [first.slug, third.slug, 'no-such-course'],
    });
    expect(answer).toEqual({ changed: true, unknown: ['no-such-course'], circular: [] });
    const kept = 'select prerequisite_id as id, created_at as day from course_prerequisites where course_id = $1 order by created_at';
    expect((await database.owner.query(kept, [second.id])).rows.map(({ id }) => id)).toEqual([first.id, third.id]);
    expect((await database.owner.query(kept, [second.id])).rows[0].day).toEqual(before);
    expect(await ask(second, [third])).toMatchObject({ changed: true });
    expect(await ask(second, [third])).toMatchObject({ changed: false });
  });

  test('never closes a circle, however long, nor with itself; nor does the database', async () => {
    const { first, second } = await twoCourses();
    const third = await aCourse(database);
    await ask(third, [second]);
    expect(await ask(first, [third])).toEqual({ changed: false, unknown: [], circular: [third.slug] });
    expect(await ask(first, [first])).toEqual({ changed: false, unknown: [], circular: [first.slug] });
    const insert = 'insert into course_prerequisites (course_id, prerequisite_id) values ($1, $2)';
    await expect(database.owner.query(insert, [first.id, third.id])).rejects.toMatchObject({ constraint: 'course_prerequisites_no_cycle' });
  });

  test('of two instructors at once who would close a circle together, one is refused', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [one, other] = [await aCourse(database), await aCourse(database)];
      const answers = await Promise.all([ask(one, [other]), ask(other, [one])]);
      expect(answers.filter(({ changed }) => changed)).toHaveLength(1);
    }
  });

  test('is for who may change the course', async () => {
    const { first, second } = await twoCourses();
    const asking = requireCourses(database.context(await aPerson(database, 'INSTRUCTOR')), {
      courseId: second.id as CourseId,
      slugs: [first.slug],
    });
    await expect(asking).rejects.toMatchObject({ code: 'not-found' });
  });
});
