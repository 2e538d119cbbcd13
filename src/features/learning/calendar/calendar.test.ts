import ICAL from 'ical.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type CourseWish, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { calendarFeed, enrollInCourse, makeCalendar, ownCalendar, removeCalendar } from '../index.server.ts';

const database = testDatabase();
testProcess(database, { ORIGIN: 'https://school.example' });
let student: Awaited<ReturnType<typeof aPerson>>;

beforeEach(async () => {
  student = await aPerson(database, 'STUDENT', { timeZone: 'America/New_York' });
});

const now = new Date('2026-05-04T10:00:00Z');
const tokenIn = (address = '') => /^https:\/\/school\.example\/calendar\/([\w-]{54})\.ics$/.exec(address)?.[1] ?? 'none';

async function anAddress(of = student): Promise<string> {
  await makeCalendar(database.context(of, now));
  return tokenIn((await ownCalendar(database.context(of, now)))?.address);
}

const read = (token: string, at = now) => calendarFeed({ ...database.context(guest, at), address: '203.0.113.9' }, { token });

/** What a calendar program makes of the file. */
function eventsOf(body: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(body));
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

async function enrolled(wish: CourseWish): Promise<MadeCourse> {
  const course = await aCourse(database, { title: 'Photography', ...wish });
  await enrollInCourse(database.context(student, now), { courseSlug: course.slug });
  return course;
}

const dates = {
  assignment: (lessonId: string, at: string) =>
    database.owner.query(
      `insert into assignments (id, lesson_id, title, instructions, due_at, updated_at) values ($1, $2, 'A portrait', 'Take one.', $3, $4)`,
      [newId(), lessonId, at, now],
    ),
  quiz: (lessonId: string, at: string) =>
    database.owner.query(`insert into quizzes (id, lesson_id, title, close_at, updated_at) values ($1, $2, 'Light', $3, $4)`, [
      newId(),
      lessonId,
      at,
      now,
    ]),
  live: (lessonId: string, at: string) =>
    database.owner.query(
      `insert into live_sessions (id, lesson_id, starts_at, duration_minutes, join_url, updated_at) values ($1, $2, $3, 90, 'https://meet.example/secret', $4)`,
      [newId(), lessonId, at, now],
    ),
};

/** A course with one of each that has a date. */
async function datedCourse() {
  const course = await enrolled({
    chapters: [{ lessons: [{ type: 'ASSIGNMENT' }, { type: 'QUIZ' }, { type: 'LIVE_SESSION' }] }, { releaseAfterDays: 3, lessons: [{}] }],
  });
  const [assignment, quiz, live] = course.lessons.map(({ id }) => id) as [string, string, string];
  await database.owner.query('update lessons set updated_at = $2 where course_id = $1', [course.id, now]);
  await database.owner.query('update chapters set updated_at = $2 where course_id = $1', [course.id, now]);
  await dates.assignment(assignment, '2026-05-08T21:59:00Z');
  await dates.quiz(quiz, '2026-05-09T16:00:00Z');
  await dates.live(live, '2026-05-06T17:00:00Z');
  return course;
}

describe('a calendar program', () => {
  test('finds deadlines, live sessions and openings, each at its moment and with a way to its lesson', async () => {
    const course = await datedCourse();
    const { body } = await read(await anAddress());
    expect(body).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    expect(body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const events = eventsOf(body);
    expect(
      events.map((event) => [event.summary, event.startDate.toJSDate().toISOString(), event.endDate.toJSDate().toISOString()]),
    ).toEqual([
      ['Live: Title of lesson-3', '2026-05-06T17:00:00.000Z', '2026-05-06T18:30:00.000Z'],
      ['Opens: Chapter 2', '2026-05-07T10:00:00.000Z', '2026-05-07T10:00:00.000Z'],
      ['Due: A portrait', '2026-05-08T21:59:00.000Z', '2026-05-08T21:59:00.000Z'],
      ['Quiz closes: Light', '2026-05-09T16:00:00.000Z', '2026-05-09T16:00:00.000Z'],
    ]);
    expect(events.map((event) => event.component.getFirstPropertyValue('url'))).toEqual(
      [2, 3, 0, 1].map((index) => `https://school.example/learn/${course.slug}/${course.lessons[index]!.slug}`),
    );
    expect(events.map((event) => event.component.getAllSubcomponents('valarm').length)).toEqual([1, 0, 1, 1]);
    // The way into the meeting opens in the classroom, shortly before.
    expect(body).not.toContain('meet.example');
  });

  test('is given the same bytes while nothing changes, and a higher number for what did', async () => {
    const course = await datedCourse();
    const token = await anAddress();
    const before = await read(token);
    expect(await read(token, new Date('2026-05-04T18:00:00Z'))).toEqual(before);
    await database.owner.query(
      `update live_sessions set starts_at = '2026-05-07T17:00:00Z', updated_at = '2026-05-05T08:00:00Z' where lesson_id = $1`,
      [course.lessons[2]!.id],
    );
    const after = await read(token);
    expect(after.tag).not.toBe(before.tag);
    const live = (body: string) => eventsOf(body).find((event) => event.summary.startsWith('Live'))!;
    expect(live(after.body).uid).toBe(live(before.body).uid);
    expect(live(after.body).sequence).toBeGreaterThan(live(before.body).sequence);
    expect(String(live(after.body).component.getFirstPropertyValue('last-modified'))).toBe('2026-05-05T08:00:00Z');
  });

  test('sees what is cancelled, unpublished or closed to the learner vanish', async () => {
    const course = await datedCourse();
    const token = await anAddress();
    const titles = async () => eventsOf((await read(token)).body).map((event) => event.summary);
    await database.owner.query('delete from live_sessions where lesson_id = $1', [course.lessons[2]!.id]);
    await database.owner.query('update lessons set published = false where id = $1', [course.lessons[1]!.id]);
    expect(await titles()).toEqual(['Opens: Chapter 2', 'Due: A portrait']);
    await database.owner.query('update access_grants set revoked_at = now() where user_id = $1', [student.id]);
    expect(await titles()).toEqual([]);
  });

  test('is not reminded of what was handed in, and told of access that ends', async () => {
    await datedCourse();
    await database.owner.query(
      `insert into submissions (id, assignment_id, user_id, state, submitted_at) select $1, id, $2, 'SUBMITTED', $3 from assignments
        where lesson_id in (select l.id from lessons l join enrollments e on e.course_id = l.course_id and e.user_id = $2)`,
      [newId(), student.id, now],
    );
    await database.owner.query(`update access_grants set expires_at = '2026-06-01T00:00:00Z' where user_id = $1`, [student.id]);
    const events = eventsOf((await read(await anAddress())).body);
    expect(events.find((event) => event.summary === 'Due: A portrait')?.component.getAllSubcomponents('valarm')).toEqual([]);
    expect(events.at(-1)?.summary).toBe('Access ends: Photography');
  });

  test('finds nothing of courses that others take', async () => {
    await datedCourse();
    const other = await aPerson(database);
    expect(eventsOf((await read(await anAddress(other))).body)).toEqual([]);
  });

  test('costs as many queries with six courses as with one', async () => {
    const token = await anAddress();
    const counts: number[] = [];
    for (const courses of [1, 5]) {
      for (let index = 0; index < courses; index += 1) await datedCourse();
      counts.push((await statementsOf(() => read(token))).length);
    }
    expect(counts[1]).toBe(counts[0]);
  });
});

describe('the address of a calendar', () => {
  const notThere = { code: 'not-found' };

  test('stays the same until it is replaced, and then the old one opens nothing', async () => {
    const first = await anAddress();
    expect(tokenIn((await ownCalendar(database.context(student, now)))?.address)).toBe(first);
    expect((await ownCalendar(database.context(student, now)))?.webcal).toBe(`webcal://school.example/calendar/${first}.ics`);
    const second = await anAddress();
    expect(second).not.toBe(first);
    await expect(read(first)).rejects.toMatchObject(notThere);
    await removeCalendar(database.context(student));
    await removeCalendar(database.context(student));
    expect(await ownCalendar(database.context(student))).toBeNull();
    await expect(read(second)).rejects.toMatchObject(notThere);
  });

  test('cannot be made from what the database holds', async () => {
    const token = await anAddress();
    const { rows } = await database.owner.query<{ id: string }>('select id from calendar_feeds where user_id = $1', [student.id]);
    const id = Buffer.from(rows[0]!.id.replaceAll('-', ''), 'hex');
    expect(Buffer.from(token, 'base64url').subarray(0, 16)).toEqual(id);
    const forged = [Buffer.concat([id, Buffer.alloc(24)]), id, Buffer.concat([Buffer.from(token, 'base64url'), Buffer.from([0])])];
    for (const bytes of forged) await expect(read(bytes.toString('base64url'))).rejects.toMatchObject(notThere);
    for (const wrong of ['', rows[0]!.id, `${token}=`, `${token.slice(0, -1)}!`]) await expect(read(wrong)).rejects.toMatchObject(notThere);
  });

  test('opens nothing once its owner is suspended or gone', async () => {
    const token = await anAddress();
    await database.owner.query('update users set banned = true where id = $1', [student.id]);
    await expect(read(token)).rejects.toMatchObject(notThere);
    await database.owner.query('update users set banned = false, deleted_at = now() where id = $1', [student.id]);
    await expect(read(token)).rejects.toMatchObject(notThere);
  });

  test('is hidden from an admin who acts as somebody, who can neither make nor remove it', async () => {
    await anAddress();
    const session = { id: newId<'session'>(), startedAt: now, impersonator: { id: newId<'user'>(), name: 'Grace' } };
    const acting = database.context({ ...student, session }, now);
    expect(await ownCalendar(acting)).toBeNull();
    await expect(makeCalendar(acting)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(removeCalendar(acting)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is not guessed: whoever tries many is told to wait', async () => {
    const guess = () => calendarFeed({ ...database.context(guest, now), address: '198.51.100.4' }, { token: 'x'.repeat(54) });
    for (let attempt = 0; attempt < 60; attempt += 1) await expect(guess()).rejects.toMatchObject(notThere);
    await expect(guess()).rejects.toMatchObject({ code: 'too-many' });
  });
});
