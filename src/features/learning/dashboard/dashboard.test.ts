import { describe, expect, test } from 'vitest';
import { setWeeklyGoal } from '#features/accounts/index.server.ts';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type CourseWish } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { addNote, completeLesson, courseEntry, dashboard, enrollInCourse } from '../index.server.ts';

const database = testDatabase();
testProcess(database);

type Learner = Awaited<ReturnType<typeof aPerson>>;
const now = new Date('2026-05-04T10:00:00Z');
const show = (student: Learner, at = now) => dashboard(database.context(student, at));

async function enrolled(student: Learner, wish: CourseWish = {}) {
  const course = await aCourse(database, wish);
  await enrollInCourse(database.context(student, now), { courseSlug: course.slug });
  return course;
}

const anAssignment = (lessonId: string, title: string, dueAt: string, latePolicy = 'ACCEPT') =>
  database.owner.query(
    `insert into assignments (id, lesson_id, title, instructions, due_at, late_policy) values ($1, $2, $3, 'Do it.', $4, $5)`,
    [newId(), lessonId, title, dueAt, latePolicy],
  );
const aQuiz = (lessonId: string, closesAt: string) =>
  database.owner.query(`insert into quizzes (id, lesson_id, title, close_at, max_attempts) values ($1, $2, 'Light', $3, 2)`, [
    newId(),
    lessonId,
    closesAt,
  ]);
const anAttempt = (student: Learner, lessonId: string, number: number, passed: boolean) =>
  database.owner.query(
    `insert into quiz_attempts (id, user_id, quiz_id, number, state, questions, submitted_at, score_percent, points_earned, total_questions, passed)
     select $1, $2, id, $4, 'GRADED', '[]', now(), 50, 1, 2, $5 from quizzes where lesson_id = $3`,
    [newId(), student.id, lessonId, number, passed],
  );

describe('what is coming up', () => {
  test('is said in the order of its dates, on the learner’s own clock, with the way to its lesson', async () => {
    const student = await aPerson(database, 'STUDENT', { timeZone: 'America/New_York' });
    const course = await enrolled(student, {
      title: 'Photography',
      chapters: [{ lessons: [{ type: 'ASSIGNMENT' }, { type: 'QUIZ' }, { type: 'LIVE_SESSION' }] }, { releaseAfterDays: 3, lessons: [{}] }],
    });
    const [assignment, quiz, live] = course.lessons.map(({ id }) => id) as [string, string, string];
    await anAssignment(assignment, 'A portrait', '2026-05-13T03:59:00Z');
    await aQuiz(quiz, '2026-05-05T03:30:00Z');
    await database.owner.query(
      `insert into live_sessions (id, lesson_id, starts_at, duration_minutes, join_url) values ($1, $2, '2026-05-04T09:30:00Z', 60, 'https://meet.example/x')`,
      [newId(), live],
    );
    await database.owner.query(`update access_grants set expires_at = '2026-05-15T12:00:00Z' where user_id = $1`, [student.id]);
    const lesson = (index: number) => `/learn/${course.slug}/${course.lessons[index]!.slug}`;
    expect((await show(student)).due.map(({ kind, title, when, state, href }) => [kind, title, when, state, href])).toEqual([
      ['live', 'Title of lesson-3', 'Today, 5:30 AM', 'now', lesson(2)],
      ['quiz', 'Light', 'Today, 11:30 PM', 'today', lesson(1)],
      ['opening', 'Chapter 2', 'Thursday, 6:00 AM', 'later', lesson(3)],
      ['assignment', 'A portrait', 'Tue, May 12, 11:59 PM', 'later', lesson(0)],
      ['ending', 'Photography', 'Fri, May 15, 8:00 AM', 'later', `/learn/${course.slug}`],
    ]);
  });

  test('leaves out what is done, over or far, and keeps what may still be handed in late', async () => {
    const student = await aPerson(database);
    const lessons = [...Array(4).fill({ type: 'ASSIGNMENT' }), ...Array(3).fill({ type: 'QUIZ' })];
    const course = await enrolled(student, { chapters: [{ lessons }] });
    const ids = course.lessons.map(({ id }) => id);
    await anAssignment(ids[0]!, 'Handed in', '2026-05-06T10:00:00Z');
    await database.owner.query(
      `insert into submissions (id, assignment_id, user_id, state, submitted_at) select $1, id, $2, 'SUBMITTED', now() from assignments where lesson_id = $3`,
      [newId(), student.id, ids[0]],
    );
    await anAssignment(ids[1]!, 'Too late', '2026-05-03T10:00:00Z', 'REFUSE');
    await anAssignment(ids[2]!, 'Late', '2026-05-03T10:00:00Z');
    await anAssignment(ids[3]!, 'Far', '2026-06-03T10:00:00Z');
    for (const id of ids.slice(4)) await aQuiz(id, '2026-05-06T10:00:00Z');
    await anAttempt(student, ids[4]!, 1, true);
    await anAttempt(student, ids[5]!, 1, false);
    await anAttempt(student, ids[6]!, 1, false);
    await anAttempt(student, ids[6]!, 2, false);
    const { due } = await show(student);
    expect(due.map(({ title, state, href }) => [title, state, href.split('/').at(-1)])).toEqual([
      ['Late', 'late', 'lesson-3'],
      ['Light', 'later', 'lesson-6'],
    ]);
  });

  test('is not what others must do, nor of a course that is closed to the learner', async () => {
    const [student, other] = [await aPerson(database), await aPerson(database)];
    const course = await enrolled(other, { chapters: [{ lessons: [{ type: 'ASSIGNMENT' }] }] });
    await anAssignment(course.lessons[0]!.id, 'Mine alone', '2026-05-06T10:00:00Z');
    expect((await show(student)).due).toEqual([]);
    expect((await show(other)).due).toHaveLength(1);
    await database.owner.query('update access_grants set revoked_at = now() where user_id = $1', [other.id]);
    expect((await show(other)).due).toEqual([]);
  });
});

test('the lesson to go on with is the one that the way into the classroom leads to', async () => {
  const student = await aPerson(database);
  const course = await enrolled(student, { chapters: [{ lessons: [{}, {}] }, { lessons: [{}, {}] }] });
  for (const index of [2, 3, 0]) {
    await completeLesson(database.context(student, now), { courseSlug: course.slug, lessonSlug: course.lessons[index]!.slug });
    const entry = await courseEntry(database.context(student, now), { slug: course.slug });
    expect(entry).toEqual({ kind: 'lesson', lessonSlug: (await show(student)).continueWith?.lesson?.slug });
  }
  expect((await show(student)).continueWith?.lesson).toEqual({ slug: 'lesson-2', title: 'Title of lesson-2', chapterTitle: 'Chapter 1' });
});

test('the last three notes stand there as plain words, each with the way to its moment', async () => {
  const student = await aPerson(database);
  const course = await enrolled(student, { chapters: [{ lessons: [{ type: 'VIDEO', seconds: 600 }] }] });
  const address = { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug };
  const write = (text: string, at: string) => addNote(database.context(student, now), { ...address, id: newId(), text, at });
  for (const [text, at] of [
    ['Oldest', ''],
    ['# Heading\n\nThe **aperture** is `f/8`.', '1:15'],
    ['Second', ''],
    ['```\ncode alone\n```', '0:05'],
  ] as const)
    await write(text, at);
  const lesson = `/learn/${course.slug}/${address.lessonSlug}`;
  expect((await show(student)).notes.map(({ text, moment, href }) => [text, moment, href])).toEqual([
    ['``` code alone ```', '0:05', `${lesson}?t=5`],
    ['Second', null, lesson],
    ['The aperture is f/8.', '1:15', `${lesson}?t=75`],
  ]);
  expect((await show(await aPerson(database))).notes).toEqual([]);
});

describe('courses to take next', () => {
  test('share a category or tags with what one learns, the more popular first, and are never one that one has, had or teaches', async () => {
    const student = await aPerson(database, 'INSTRUCTOR');
    const category = newId();
    await database.owner.query(`insert into categories (id, name, slug) values ($1, 'Optics', 'optics')`, [category]);
    const made = async (title: string, studentCount: number, details: { inCategory?: boolean; tags?: string[] } & CourseWish = {}) => {
      const course = await aCourse(database, { title, ...details });
      await database.owner.query('update courses set student_count = $2, tags = $3 where id = $1', [
        course.id,
        studentCount,
        details.tags ?? [],
      ]);
      if (details.inCategory)
        await database.owner.query('insert into course_categories (course_id, category_id) values ($1, $2)', [course.id, category]);
      return course;
    };
    const known = await made('Known', 1000, { inCategory: true, tags: ['lens'] });
    const left = await made('Left', 1001, { inCategory: true });
    await made('Own', 1002, { inCategory: true, instructorId: student.id });
    await made('Draft', 1003, { inCategory: true, status: 'DRAFT' });
    await made('Popular elsewhere', 999);
    await made('Same field', 20, { inCategory: true });
    await made('Same field, liked better', 30, { inCategory: true });
    await made('Same words', 900, { tags: ['lens'] });
    for (const { slug } of [known, left]) await enrollInCourse(database.context(student, now), { courseSlug: slug });
    await database.owner.query(`update enrollments set status = 'CANCELLED' where course_id = $1`, [left.id]);
    const titles = async (of: Learner) => (await show(of)).recommended.map((course) => course.title);
    expect(await titles(student)).toEqual(['Same field, liked better', 'Same field', 'Same words']);
    expect(await titles(await aPerson(database))).toEqual(['Own', 'Left', 'Known']);
  });
});

describe('the weekly goal', () => {
  test('is set, changed and taken away in its place, and refused when a week does not hold it', async () => {
    const student = await aPerson(database);
    const set = (weeklyGoalMinutes: string) => setWeeklyGoal(database.context(student, now), { weeklyGoalMinutes });
    await set('90');
    await set(' 120 ');
    expect((await show(student)).week.goalMinutes).toBe(120);
    for (const wrong of ['0', '10081', 'much', '-5']) await expect(set(wrong)).rejects.toMatchObject({ code: 'invalid' });
    await set('');
    expect((await show(student)).week.goalMinutes).toBeNull();
    await expect(setWeeklyGoal(database.context(guest), { weeklyGoalMinutes: '90' })).rejects.toMatchObject({ code: 'sign-in-required' });
  });
});

describe('a streak, seen from the learner’s day,', () => {
  const learnedOn = (student: Learner, date: string, at: string) =>
    database.owner.query(
      'insert into learning_days (id, user_id, local_date, seconds, created_at, updated_at) values ($1, $2, $3, 60, $4, $4)',
      [newId(), student.id, date, at],
    );

  test('lasts through the day after its last one, and through a journey on which a date is lost', async () => {
    const student = await aPerson(database, 'STUDENT', { timeZone: 'Pacific/Auckland' });
    await learnedOn(student, '2026-05-04', '2026-05-05T08:00:00Z');
    // In Auckland it is May 6 already, and 23 hours have passed since Pago Pago.
    expect((await show(student, new Date('2026-05-06T07:00:00Z'))).week.streakDays).toBe(1);
    expect((await show(student, new Date('2026-05-06T09:00:00Z'))).week).toMatchObject({ streakDays: 0, longestStreakDays: 1 });
  });

  test('keeps a day that lies ahead after a flight to the west', async () => {
    const student = await aPerson(database, 'STUDENT', { timeZone: 'America/Los_Angeles' });
    await learnedOn(student, '2026-05-04', '2026-05-04T02:00:00Z');
    await learnedOn(student, '2026-05-05', '2026-05-05T01:00:00Z');
    const { week } = await show(student, new Date('2026-05-05T02:00:00Z'));
    expect(week.days.filter((day) => day.isLearned).map((day) => [day.date, day.isFuture])).toEqual([
      ['2026-05-04', false],
      ['2026-05-05', true],
    ]);
    expect(week.streakDays).toBe(2);
  });
});

test('the dashboard costs as many queries with thirty dates, notes and days as with none', async () => {
  const student = await aPerson(database);
  const count = async () => (await statementsOf(() => show(student))).length;
  const before = await count();
  const course = await enrolled(student, { chapters: [{ lessons: Array(30).fill({ type: 'ASSIGNMENT' }) }] });
  for (const [index, { id, slug }] of course.lessons.entries()) {
    await anAssignment(id, `Number ${index}`, `2026-05-${String(5 + (index % 10)).padStart(2, '0')}T10:00:00Z`);
    await addNote(database.context(student, now), { courseSlug: course.slug, lessonSlug: slug, id: newId(), text: 'A note.', at: '' });
  }
  expect(await count()).toBe(before);
  expect(before).toBe(3);
  const shown = await show(student);
  expect([shown.due.length, shown.notes.length]).toEqual([6, 3]);
});
