import { describe, expect, test } from 'vitest';
import type { Actor } from '#platform/context.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { courseEntry, courseStanding } from '../index.server.ts';
import { classroom } from '../testing/classroom.ts';

const school = classroom();
const { enrolled, complete } = school;

describe('the way into a classroom', () => {
  const enter = (actor: Actor, course: MadeCourse) => courseEntry(school.database.context(actor), { slug: course.slug });

  test('leads to the first lesson, then to the one to go on with, then to the end of the course', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{}, {}, {}] }] });
    expect(await enter(student, course)).toEqual({ kind: 'lesson', lessonSlug: 'lesson-1' });
    await complete(student, course, 1);
    expect(await enter(student, course)).toEqual({ kind: 'lesson', lessonSlug: 'lesson-3' });
    await complete(student, course, 2);
    expect(await enter(student, course)).toEqual({ kind: 'lesson', lessonSlug: 'lesson-1' });
    await complete(student, course, 0, new Date('2026-05-06T12:00:00Z'));
    expect(await enter(student, course)).toEqual({
      kind: 'finished',
      course: expect.objectContaining({ finishedOn: '2026-05-06', lessonCount: 3, dayCount: 3, firstLessonSlug: 'lesson-1' }),
    });
  });

  test('leads a finished learner to a lesson that came later', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{}, { published: false }] }] });
    await complete(student, course, 0);
    await school.database.owner.query('update lessons set published = true where course_id = $1', [course.id]);
    expect(await enter(student, course)).toEqual({ kind: 'lesson', lessonSlug: 'lesson-2' });
  });

  test('is closed to who is not enrolled', async () => {
    const course = await aCourse(school.database);
    expect(await enter(await aPerson(school.database), course)).toEqual({ kind: 'no-access' });
    await expect(courseEntry(school.database.context(await aPerson(school.database)), { slug: 'no-such-course' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(enter(guest, course)).rejects.toMatchObject({ code: 'sign-in-required' });
  });
});

describe('the button of a course’s page', () => {
  const stepOf = async (actor: Actor, course: MadeCourse) => courseStanding(school.database.context(actor), { slug: course.slug });

  test('says the true next step to each', async () => {
    const { course, student } = await enrolled();
    expect(await stepOf(guest, course)).toMatchObject({ step: 'sign-in', progressPercent: null, certificateCode: null, accessUntil: null });
    expect(await stepOf(await aPerson(school.database), course)).toMatchObject({ step: 'enroll', progressPercent: null });
    expect(await stepOf(student, course)).toMatchObject({ step: 'start', progressPercent: 0, accessUntil: null });
    await complete(student, course, 0);
    expect(await stepOf(student, course)).toMatchObject({ step: 'continue', progressPercent: 50, certificateCode: null });
    await complete(student, course, 1);
    expect(await stepOf(student, course)).toMatchObject({ step: 'certificate', progressPercent: 100 });
    expect((await stepOf({ ...(await aPerson(school.database, 'INSTRUCTOR')), id: course.instructorId }, course)).step).toBe('teach');
    expect((await stepOf(guest, await aCourse(school.database, { isFree: false }))).step).toBe('purchase');
  });
});
