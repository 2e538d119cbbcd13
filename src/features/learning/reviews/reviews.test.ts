import { describe, expect, test } from 'vitest';
import { coursePage, removeReview, replyToReview, reportReview, reviewsPage } from '#features/catalogue/index.server.ts';
import type { Actor } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { ownReview, writeReview } from '../index.server.ts';

const school = testSchool({ DATABASE_POOL_SIZE: '20' });
const as = (actor: Actor, now?: Date) => school.database.context(actor, now);
const sql = (text: string, values: unknown[]) => school.database.owner.query(text, values);

/** Somebody who has come so far in a course. */
async function aLearner(course: MadeCourse, percent = 50, name?: string) {
  const learner = await aPerson(school.database, 'STUDENT', { name });
  await sql('insert into enrollments (id, user_id, course_id, progress_percent) values ($1, $2, $3, $4)', [
    newId(),
    learner.id,
    course.id,
    percent,
  ]);
  return learner;
}

const write = (course: MadeCourse, actor: Actor, rating: number | string = 5, text = '', now?: Date) =>
  writeReview(as(actor, now), { slug: course.slug, rating, text });

const page = (course: MadeCourse, actor: Actor = guest, after: string | null = null) =>
  reviewsPage(as(actor), { slug: course.slug, after });

async function counted(course: MadeCourse) {
  const { rows } = await sql('select review_count as count, rating_average::float8 as average from courses where id = $1', [course.id]);
  return rows[0] as { count: number; average: number };
}

describe('a review', () => {
  test('is written once a fifth of the course is finished, and shown with its author’s name', async () => {
    const course = await aCourse(school.database);
    const early = await aLearner(course, 19);
    await expect(write(course, early)).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('19 %') });
    const ready = await aLearner(course, 20, 'Ada');
    await write(course, ready, '4', ' Clear.\r\n\r\n\r\n\r\nAnd <b>short</b>. ');
    const shown = await page(course);
    expect(shown.reviews).toMatchObject([
      { author: { name: 'Ada' }, rating: 4, paragraphs: ['Clear.', 'And <b>short</b>.'], isEdited: false, reply: null },
    ]);
    expect(shown).toMatchObject({ rating: { average: 4, count: 1 }, distribution: [0, 1, 0, 0, 0] });
    expect(await ownReview(as(ready), course)).toMatchObject({ step: 'change', review: { rating: 4, isHidden: false } });
  });

  test('is one for each student: written again it is changed, and counted once', async () => {
    const course = await aCourse(school.database);
    const learner = await aLearner(course);
    await write(course, learner, 2, 'Dull.', new Date('2026-05-01T10:00:00Z'));
    await sql('update enrollments set progress_percent = 5 where user_id = $1', [learner.id]);
    await write(course, learner, 5, 'It grew on me.', new Date('2026-05-02T10:00:00Z'));
    expect(await counted(course)).toEqual({ count: 1, average: 5 });
    expect((await page(course)).reviews).toMatchObject([{ rating: 5, isEdited: true, writtenAt: new Date('2026-05-01T10:00:00Z') }]);
  });

  test('is taken back by who wrote it, as often as they press', async () => {
    const course = await aCourse(school.database);
    const [one, other] = [await aLearner(course), await aLearner(course)];
    await write(course, one, 1);
    await write(course, other, 4);
    await removeReview(as(one), course);
    await removeReview(as(one), course);
    expect(await counted(course)).toEqual({ count: 1, average: 4 });
  });

  test('has one to five stars and no more words than fit', async () => {
    const course = await aCourse(school.database);
    const learner = await aLearner(course);
    for (const rating of ['0', '6', '2.5', '', 'five'])
      await expect(write(course, learner, rating)).rejects.toMatchObject({ code: 'invalid' });
    await expect(write(course, learner, 5, 'a'.repeat(4001))).rejects.toMatchObject({ fields: { text: 'At most 4,000 characters.' } });
    expect(await counted(course)).toEqual({ count: 0, average: 0 });
  });

  test('is not for guests, strangers, who teaches the course and who was sent away', async () => {
    const course = await aCourse(school.database);
    await expect(write(course, guest)).rejects.toMatchObject({ code: 'sign-in-required' });
    const teacher = { ...(await aPerson(school.database, 'INSTRUCTOR')), id: course.instructorId };
    const away = await aLearner(course, 90);
    await sql("update enrollments set status = 'SUSPENDED' where user_id = $1", [away.id]);
    for (const actor of [await aPerson(school.database), teacher, away])
      await expect(write(course, actor)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('that the school hides is neither shown nor counted, and stays hidden when it is changed', async () => {
    const course = await aCourse(school.database);
    const [one, other] = [await aLearner(course), await aLearner(course)];
    await write(course, one, 1, 'Buy at my shop.');
    await write(course, other, 4);
    await sql("update reviews set status = 'HIDDEN' where user_id = $1", [one.id]);
    await write(course, one, 1, 'Please buy at my shop.');
    expect(await counted(course)).toEqual({ count: 1, average: 4 });
    expect(await page(course, one)).toMatchObject({ distribution: [0, 1, 0, 0, 0], reviews: [{ rating: 4 }] });
    expect((await ownReview(as(one), course)).review).toMatchObject({ isHidden: true });
  });

  test('is written a few times an hour, not by the hundred', async () => {
    const course = await aCourse(school.database);
    const learner = await aLearner(course);
    for (let time = 0; time < 20; time += 1) await write(course, learner, 3);
    await expect(write(course, learner, 3)).rejects.toMatchObject({ code: 'too-many' });
  });
});

test('students who review at the same moment are all counted, and one who presses in many windows once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const course = await aCourse(school.database);
    const learners = await Promise.all(Array.from({ length: 10 }, () => aLearner(course)));
    const hasty = learners[0]!;
    await Promise.all([
      ...learners.map((learner, index) => write(course, learner, (index % 5) + 1)),
      write(course, hasty, 1),
      write(course, hasty, 1),
    ]);
    expect(await counted(course)).toEqual({ count: 10, average: 3 });
    await Promise.all(learners.slice(0, 5).map((learner) => removeReview(as(learner), course)));
    expect(await counted(course)).toEqual({ count: 5, average: 3 });
  }
});

describe('an answer', () => {
  test('comes from who teaches the course, in place of the one before, and is taken back by an empty one', async () => {
    const course = await aCourse(school.database);
    await write(course, await aLearner(course));
    const owner = { ...(await aPerson(school.database, 'INSTRUCTOR')), id: course.instructorId };
    const second = await aPerson(school.database, 'INSTRUCTOR');
    await sql("insert into course_instructors (course_id, user_id, role) values ($1, $2, 'CO_INSTRUCTOR')", [course.id, second.id]);
    const reviewId = (await page(course)).reviews[0]!.id;
    const said = async () => (await page(course)).reviews[0]!.reply?.text ?? null;
    for (const [actor, reply] of [
      [owner, 'Thank you.'],
      [second, 'From both of us.'],
      [owner, ''],
    ] as const) {
      expect((await page(course, actor)).mayReply).toBe(true);
      await replyToReview(as(actor), { slug: course.slug, reviewId, reply });
      expect(await said()).toBe(reply || null);
    }
  });

  test('comes from nobody else, and not to a review that is hidden or of another course', async () => {
    const [course, other] = [await aCourse(school.database), await aCourse(school.database)];
    const author = await aLearner(course);
    await write(course, author);
    const reviewId = (await page(course)).reviews[0]!.id;
    const owner = { ...(await aPerson(school.database, 'INSTRUCTOR')), id: course.instructorId };
    const stranger = { ...(await aPerson(school.database, 'INSTRUCTOR')), id: other.instructorId };
    const reply = (actor: Actor, slug = course.slug) => replyToReview(as(actor), { slug, reviewId, reply: 'Mine.' });
    for (const actor of [author, stranger, await aPerson(school.database, 'ADMIN')])
      await expect(reply(actor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(reply(stranger, other.slug)).rejects.toMatchObject({ code: 'not-found' });
    await sql("update reviews set status = 'HIDDEN' where id = $1", [reviewId]);
    await expect(reply(owner)).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('a review is reported once by each person, with a reason, and not by who wrote it', async () => {
  const course = await aCourse(school.database);
  const author = await aLearner(course);
  await write(course, author, 1, 'Buy at my shop.');
  const reviewId = (await page(course)).reviews[0]!.id;
  const report = (actor: Actor, reason = 'spam') => reportReview(as(actor), { slug: course.slug, reviewId, reason, details: '' });
  const reader = await aPerson(school.database);
  await expect(report(guest)).rejects.toMatchObject({ code: 'sign-in-required' });
  await expect(report(author)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(report(reader, 'boring')).rejects.toMatchObject({ code: 'invalid' });
  expect((await page(course, reader)).reviews[0]).toMatchObject({ mayReport: true, isReported: false });
  await report(reader);
  await report(reader, 'abuse');
  expect((await page(course, reader)).reviews[0]).toMatchObject({ isReported: true });
  expect((await page(course, await aPerson(school.database))).reviews[0]).toMatchObject({ isReported: false });
  const { rows } = await sql('select reporter_id, reason, status from reports where subject_id = $1', [reviewId]);
  expect(rows).toEqual([{ reporter_id: reader.id, reason: 'spam', status: 'OPEN' }]);
});

describe('the pages', () => {
  test('list reviews by the newest, each once, and cost as much for many as for one', async () => {
    const [few, many] = [await aCourse(school.database), await aCourse(school.database)];
    await write(few, await aLearner(few));
    for (let index = 0; index < 23; index += 1) {
      await write(many, await aLearner(many), 4, `Number ${index}`, new Date(Date.UTC(2026, 4, 1 + Math.floor(index / 3))));
    }
    const reader = await aLearner(many);
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let after: string | null = null, isFirst = true; isFirst || after; isFirst = false) {
      const part: Awaited<ReturnType<typeof page>> = await page(many, reader, after);
      seen.push(...part.reviews.flatMap((review) => review.paragraphs));
      sizes.push(part.reviews.length);
      after = part.next;
    }
    expect(sizes).toEqual([10, 10, 3]);
    expect(new Set(seen).size).toBe(23);
    const days = seen.map((text) => Math.floor(Number(text.slice(7)) / 3));
    expect(days).toEqual([...days].sort((one, other) => other - one));
    for (const course of [few, many]) {
      expect(await statementsOf(() => Promise.all([page(course, reader), ownReview(as(reader), course)]))).toHaveLength(3);
      expect(await statementsOf(() => coursePage(as(guest), course))).toHaveLength(1);
    }
    expect((await coursePage(as(guest), many)).reviews).toMatchObject({ distribution: [0, 23, 0, 0, 0], newest: { length: 3 } });
  });

  test('of a draft are there for who teaches it alone', async () => {
    const course = await aCourse(school.database, { status: 'DRAFT' });
    await expect(page(course)).rejects.toMatchObject({ code: 'not-found' });
    const owner = { ...(await aPerson(school.database, 'INSTRUCTOR')), id: course.instructorId };
    expect(await page(course, owner)).toMatchObject({ rating: null, reviews: [] });
  });
});
