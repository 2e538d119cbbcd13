import { beforeEach, describe, expect, test } from 'vitest';
import { changeNotifications } from '#features/accounts/index.server.ts';
import { completeLesson, courseStanding, enrollInCourse, followAccessJob, lessonPage } from '#features/learning/index.server.ts';
import type { Person } from '#platform/context.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../tests/support/database.ts';
import { testProcess } from '../../../tests/support/process.ts';

const database = testDatabase();
const school = testProcess(database);
let ada: Person;
let course: MadeCourse;

const minute = 60_000;
const day = 24 * 60 * minute;
/** Jobs ask the clock of the machine whether an end is past. */
const ends = new Date(Math.ceil(Date.now() / minute) * minute + 7 * day);
const at = (offset: number) => new Date(ends.getTime() + offset);

beforeEach(async () => {
  ada = await aPerson(database, 'STUDENT', { name: 'Ada Lovelace', timeZone: 'Europe/Berlin' });
  course = await aCourse(database, { title: 'Looms', chapters: [{ lessons: [{ html: '<p>Secret.</p>' }] }] });
  await enrollInCourse(database.context(ada, at(-30 * day)), { courseSlug: course.slug });
  await database.owner.query('update access_grants set expires_at = $2 where user_id = $1', [ada.id, ends]);
});

const follow = (now: Date) => followAccessJob.handler(database.context(system, now), {});
const giveMore = (startsAt: Date, expiresAt: Date | null) =>
  database.owner.query(
    "insert into access_grants (id, user_id, course_id, source, starts_at, expires_at) values (gen_random_uuid(), $1, $2, 'GIFT', $3, $4)",
    [ada.id, course.id, startsAt, expiresAt],
  );
const page = (now: Date) => lessonPage(database.context(ada, now), { courseSlug: course.slug, lessonSlug: 'lesson-1' });
async function enrollment() {
  const query = 'select status, expires_at as "expiresAt" from enrollments where user_id = $1';
  return (await database.owner.query<{ status: string; expiresAt: Date | null }>(query, [ada.id])).rows[0];
}
async function mails() {
  await school.runJobs();
  return (await school.mailsTo(ada.email)).filter(({ kind }) => kind === 'notifications.accessEnding');
}

describe('access that ends', () => {
  test('is open to its last moment, says until when, and says afterwards when it ended and what to do', async () => {
    const lastDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(ends);
    const open = await page(at(-1));
    expect([open.content.kind, open.course.accessUntil]).toEqual(['open', lastDay]);
    expect(await courseStanding(database.context(ada, at(-1)), { slug: course.slug })).toMatchObject({
      step: 'start',
      accessUntil: lastDay,
    });
    const closed = await page(at(0));
    expect(closed.content).toEqual({ kind: 'locked', reason: 'access-ended', opens: null, endedOn: lastDay });
    expect(closed.course).toMatchObject({ step: 'enroll', accessUntil: null });
    expect(JSON.stringify(closed)).not.toContain('Secret');
  });

  test('ends its enrollment at that moment, once, and a grant given later brings it back as what it was', async () => {
    await completeLesson(database.context(ada, at(-day)), { courseSlug: course.slug, lessonSlug: 'lesson-1' });
    await follow(at(-1));
    expect(await enrollment()).toMatchObject({ status: 'COMPLETED' });
    await follow(at(0));
    expect(await enrollment()).toEqual({ status: 'EXPIRED', expiresAt: ends });
    const before = (await database.owner.query('select * from enrollments where user_id = $1', [ada.id])).rows;
    await follow(at(minute));
    expect((await database.owner.query('select * from enrollments where user_id = $1', [ada.id])).rows).toEqual(before);
    await giveMore(at(day), null);
    await follow(at(day - 1));
    expect(await enrollment()).toMatchObject({ status: 'EXPIRED' });
    await follow(at(day));
    expect(await enrollment()).toEqual({ status: 'COMPLETED', expiresAt: null });
    expect((await page(at(day))).content.kind).toBe('open');
  });

  test('does not end while another grant lives, nor what was revoked or suspended by hand', async () => {
    await giveMore(at(-day), at(10 * day));
    await follow(at(0));
    expect(await enrollment()).toMatchObject({ status: 'ACTIVE' });
    await database.owner.query("update enrollments set status = 'SUSPENDED' where user_id = $1", [ada.id]);
    await follow(at(20 * day));
    expect(await enrollment()).toMatchObject({ status: 'SUSPENDED' });
  });
});

describe('whoever loses their access in a week', () => {
  test('is told once, on their own clock, not a moment earlier', async () => {
    await follow(at(-7 * day - 1));
    expect(await mails()).toEqual([]);
    await follow(at(-7 * day));
    await follow(at(-7 * day + minute));
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ subject: 'Your access to “Looms” ends soon' });
    expect(mail?.text).toMatch(/ends on \w+ \d+, \d{4} at \d+:\d\d [AP]M GMT\+[12]\./);
  });

  test('is not when they have access for longer by another grant, or had it for no longer than that', async () => {
    await giveMore(at(0), at(30 * day));
    await follow(at(-7 * day));
    await database.owner.query('delete from access_grants where user_id = $1', [ada.id]);
    await giveMore(at(-7 * day), at(0));
    await follow(at(-7 * day));
    expect(await mails()).toEqual([]);
  });

  test('is told again of an end that has moved, and not of the one that it was', async () => {
    await follow(at(-7 * day));
    await database.owner.query('update access_grants set expires_at = $2 where user_id = $1', [ada.id, at(3 * day)]);
    expect(await mails()).toEqual([]);
    await follow(at(-4 * day));
    expect(await mails()).toHaveLength(1);
  });

  test('is not when they want no such mail', async () => {
    await changeNotifications(database.context(ada), { isEnabled: true, chosen: ['courseCompleted.email'] });
    await follow(at(-7 * day));
    expect(await mails()).toEqual([]);
  });
});
