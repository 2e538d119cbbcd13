import { describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, addLesson, aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { enrollInCourse, recordWatched, reopenLesson } from '../index.server.ts';
import { classroom } from '../testing/classroom.ts';

const school = classroom();
const { enrolled, page, complete } = school;

describe('a lesson’s page', () => {
  test('shows its text, the outline with what is done, and the ways to the lessons around it', async () => {
    const { course, student } = await enrolled({
      chapters: [{ lessons: [{ html: '<p>One.</p>' }, { html: '<p>Two.</p>' }] }, { lessons: [{ isRequired: false }] }],
    });
    await complete(student, course, 0);
    const shown = await page(student, course, 1);
    expect(shown.content).toEqual({ kind: 'open', package: null, html: '<p>Two.</p>', video: null, resources: [], isPreview: false });
    expect(shown.progress).toMatchObject({ isCompleted: false, mayComplete: true });
    expect(shown.outline).toMatchObject({ completedCount: 1, countedCount: 2, percent: 50 });
    expect(shown.outline.previous?.path).toBe('lesson-1');
    expect(shown.outline.next?.path).toBe('lesson-3');
    expect(shown.outline.chapters.map((chapter) => chapter.lessons.map((lesson) => [lesson.isCompleted, lesson.isCurrent]))).toEqual([
      [
        [true, false],
        [false, true],
      ],
      [[false, false]],
    ]);
  });

  test('with a film gives a link to it that is the viewer’s own, and goes on where they stopped', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{ type: 'VIDEO', seconds: 600 }] }] });
    await recordWatched(school.database.context(student), { lessonId: course.lessons[0]!.id, played: [[0, 60]], positionSeconds: 60 });
    const shown = await page(student, course);
    expect(shown.content).toMatchObject({ kind: 'open', video: { provider: 'FILE', src: expect.stringMatching(/^\/files\/.+seal=/) } });
    expect(shown.progress).toMatchObject({ watchedPercent: 10, resumeSecond: 60 });
  });

  test('is locked for who is not enrolled, says so, and neither its text nor its film leaves the school', async () => {
    const course = await aCourse(school.database, { chapters: [{ lessons: [{ type: 'VIDEO', html: '<p>Secret.</p>' }] }] });
    for (const actor of [guest, await aPerson(school.database)]) {
      const shown = await page(actor, course);
      expect(shown.content).toEqual({ kind: 'locked', reason: 'not-enrolled', opens: null, endedOn: null });
      expect(shown.progress).toBeNull();
      expect(JSON.stringify(shown)).not.toContain('Secret');
      expect(JSON.stringify(shown)).not.toContain('/files/');
    }
  });

  test('that is a preview, or lies in a free chapter, is open to guests', async () => {
    const course = await aCourse(school.database, {
      chapters: [{ lessons: [{ visibility: 'PREVIEW', type: 'VIDEO', html: '<p>Come in.</p>' }, {}] }, { isFree: true, lessons: [{}] }],
    });
    expect((await page(guest, course, 0)).content).toMatchObject({
      kind: 'open',
      isPreview: true,
      html: '<p>Come in.</p>',
      video: { provider: 'FILE' },
    });
    expect((await page(guest, course, 2)).content).toMatchObject({ kind: 'open' });
    expect((await page(guest, course, 0)).outline.chapters.flatMap((chapter) => chapter.lessons.map((lesson) => lesson.lock))).toEqual([
      null,
      'not-enrolled',
      null,
    ]);
  });

  test('that is not published says so to learners, is not there for others, and is open to who teaches it', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{}, { published: false }, { visibility: 'PRIVATE' }] }] });
    expect((await page(student, course, 1)).content).toMatchObject({ kind: 'locked', reason: 'not-published' });
    await expect(page(student, course, 2)).rejects.toMatchObject({ code: 'not-found' });
    await expect(page(await aPerson(school.database), course, 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(page(await aPerson(school.database, 'INSTRUCTOR'), course, 1)).rejects.toMatchObject({ code: 'not-found' });
    const teacher = { ...(await aPerson(school.database, 'INSTRUCTOR')), id: course.instructorId };
    expect((await page(teacher, course, 1)).content.kind).toBe('open');
    expect((await page(teacher, course, 2)).content.kind).toBe('open');
  });

  test('says when its chapter opens, on the learner’s clock, and opens at that moment by itself', async () => {
    const student = await aPerson(school.database, 'STUDENT', { timeZone: 'Europe/Berlin' });
    const { course } = await enrolled(
      { chapters: [{ lessons: [{}] }, { releaseAfterDays: 7, lessons: [{ type: 'VIDEO' }, { visibility: 'PREVIEW' }] }] },
      student,
    );
    const opens = 'May 11, 2026 at 12:00 PM GMT+2';
    const before = await page(student, course, 1, new Date('2026-05-11T09:59:59Z'));
    expect(before.content).toEqual({ kind: 'locked', reason: 'not-yet', opens, endedOn: null });
    expect(before.outline.chapters.map((chapter) => [chapter.opens, ...chapter.lessons.map(({ lock }) => lock)])).toEqual([
      [null, null],
      [opens, 'not-yet', null],
    ]);
    expect((await page(student, course, 2)).content.kind).toBe('open');
    expect((await page(guest, course, 2)).content.kind).toBe('open');
    expect((await page(guest, course, 2)).outline.chapters.map((chapter) => chapter.opens)).toEqual([null, '7 days after you enroll']);
    const after = await page(student, course, 1, new Date('2026-05-11T10:00:00Z'));
    expect(after.content.kind).toBe('open');
    expect(after.outline.chapters.map((chapter) => chapter.opens)).toEqual([null, null]);
  });

  test.each([
    ['spring', '2026-03-25T09:30:00Z', 'April 1, 2026 at 11:30 AM GMT+2', '2026-04-01T09:30:00Z'],
    ['fall', '2026-10-21T08:30:00Z', 'October 28, 2026 at 9:30 AM GMT+1', '2026-10-28T08:30:00Z'],
  ])('days after enrolling are whole days of 24 hours, also where the clocks change in %s between', async (_season, from, words, at) => {
    const course = await aCourse(school.database, { chapters: [{ releaseAfterDays: 7, lessons: [{ type: 'VIDEO', seconds: 100 }] }] });
    const student = await aPerson(school.database, 'STUDENT', { timeZone: 'Europe/Berlin' });
    await enrollInCourse(school.database.context(student, new Date(from)), { courseSlug: course.slug });
    const [last, first] = [new Date(Date.parse(at) - 1), new Date(at)];
    const watch = (now: Date) =>
      recordWatched(school.database.context(student, now), { lessonId: course.lessons[0]!.id, played: [[0, 5]], positionSeconds: 5 });
    expect((await page(student, course, 0, last)).content).toMatchObject({ reason: 'not-yet', opens: words });
    await expect(watch(last)).rejects.toMatchObject({ code: 'not-found' });
    expect((await page(student, course, 0, first)).content.kind).toBe('open');
    expect(await watch(first)).toMatchObject({ watchedPercent: 5 });
  });

  test('of a chapter that opens on a date is locked to all until then: no text, film or resource of it leaves the school, and staff see it', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{ type: 'VIDEO', html: '<p>Secret.</p>' }] }] });
    const [lesson] = course.lessons;
    await school.database.owner.query("update chapters set release_at = '2026-06-01T22:30:00Z' where course_id = $1", [course.id]);
    await school.database.owner.query(
      "insert into resources (id, lesson_id, title, type, url, position) values ($1, $2, 'Hidden plan', 'LINK', 'https://plans.example/secret', 1)",
      [newId(), lesson!.id],
    );
    const shown = await page({ ...student, timeZone: 'Asia/Tokyo' }, course);
    expect(shown.content).toMatchObject({ reason: 'not-yet', opens: 'June 2, 2026 at 7:30 AM GMT+9' });
    for (const actor of [student, guest, await aPerson(school.database)]) {
      const sent = JSON.stringify(await page(actor, course));
      for (const secret of ['Secret', 'plans.example', 'Hidden plan', '/files/']) expect(sent).not.toContain(secret);
    }
    expect((await page(guest, course)).outline.chapters[0]?.opens).toBe('June 1, 2026 at 10:30 PM UTC');
    const teacher = { ...(await aPerson(school.database, 'INSTRUCTOR')), id: course.instructorId };
    expect((await page(teacher, course)).outline.chapters[0]?.opens).toBeNull();
    expect((await page(teacher, course)).content.kind).toBe('open');
    expect((await page(student, course, 0, new Date('2026-06-01T22:30:00Z'))).content).toMatchObject({
      kind: 'open',
      html: '<p>Secret.</p>',
    });
  });

  test('that came after the learner had finished is called new until they open it; what they left out or took back is not', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{}, {}, { isRequired: false }] }] });
    await complete(student, course, 0);
    await complete(student, course, 1);
    await reopenLesson(school.database.context(student), { courseSlug: course.slug, lessonSlug: 'lesson-2' });
    await addLesson(school.database, course);
    const newOnes = (shown: Awaited<ReturnType<typeof page>>) =>
      shown.outline.chapters.flatMap(({ lessons }) => lessons.flatMap(({ slug, isNew }) => (isNew ? [slug] : [])));
    expect(newOnes(await page(student, course))).toEqual(['lesson-4']);
    expect((await page(student, course, 3)).lesson.isNew).toBe(true);
    await recordWatched(school.database.context(student), { lessonId: course.lessons[3]!.id, played: [], positionSeconds: 0 });
    expect(newOnes(await page(student, course))).toEqual([]);
    const other = await aPerson(school.database);
    await enrollInCourse(school.database.context(other), { courseSlug: course.slug });
    expect(newOnes(await page(other, course))).toEqual([]);
  });

  test('is locked once the last grant has ended, and stays open while another lives', async () => {
    const { course, student } = await enrolled();
    await school.database.owner.query(
      `insert into access_grants (id, user_id, course_id, source, starts_at) values ($1, $2, $3, 'GIFT', '2026-05-01')`,
      [newId(), student.id, course.id],
    );
    await school.database.owner.query(`update access_grants set revoked_at = now() where source = 'FREE' and user_id = $1`, [student.id]);
    expect((await page(student, course)).content.kind).toBe('open');
    await school.database.owner.query('update access_grants set revoked_at = now() where user_id = $1', [student.id]);
    expect((await page(student, course)).content).toMatchObject({ kind: 'locked', reason: 'access-ended' });
  });

  test('of an archived course stays open to who is enrolled', async () => {
    const { course, student } = await enrolled();
    await school.database.owner.query(`update courses set status = 'ARCHIVED' where id = $1`, [course.id]);
    expect((await page(student, course)).content.kind).toBe('open');
    await expect(page(await aPerson(school.database), course)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('shows nothing of what other students did', async () => {
    const { course, student } = await enrolled();
    const other = await aPerson(school.database);
    await enrollInCourse(school.database.context(other), { courseSlug: course.slug });
    await complete(other, course, 0);
    expect((await page(student, course)).outline).toMatchObject({ completedCount: 0 });
  });

  test('costs two queries with its film, as many in a long course as in a short one', async () => {
    const short = await enrolled({ chapters: [{ lessons: [{ type: 'VIDEO' }] }] });
    const long = await enrolled({
      chapters: Array.from({ length: 8 }, () => ({ lessons: Array.from({ length: 8 }, () => ({ type: 'VIDEO' })) })),
    });
    const counts = [];
    for (const { course, student } of [short, long]) counts.push((await statementsOf(() => page(student, course))).length);
    expect(counts).toEqual([2, 2]);
  });
});
