import { beforeAll, expect, test } from 'vitest';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../tests/support/database.ts';
import { completeLesson, enrollInCourse, recordWatched } from './index.server.ts';

const database = testDatabase();
let course: MadeCourse;
let mine: Awaited<ReturnType<typeof aPerson>>;
let other: Awaited<ReturnType<typeof aPerson>>;

beforeAll(async () => {
  course = await aCourse(database, { chapters: [{ lessons: [{}, { type: 'VIDEO' }] }] });
  mine = await aPerson(database);
  other = await aPerson(database);
  for (const student of [mine, other]) {
    await enrollInCourse(database.context(student), { courseSlug: course.slug });
    await completeLesson(database.context(student), { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });
    await recordWatched(database.context(student), { lessonId: course.lessons[1]!.id, played: [[0, 10]], positionSeconds: 10 });
  }
});

/** How many rows there are for one, of a table that has two people's. */
const owners: [table: string, owner: string][] = [
  ['access_grants', 'user_id'],
  ['enrollments', 'user_id'],
  ['lesson_progress', '(select user_id from enrollments e where e.id = enrollment_id)'],
  ['chapter_progress', '(select user_id from enrollments e where e.id = enrollment_id)'],
  ['learning_days', 'user_id'],
];

test.each(owners)('a query over all of %s, without a where, gives a student only their own rows', async (table, owner) => {
  const everything = statement<{ owner: string }>(`select ${owner} as owner from ${table}`);
  const rows = await asActor(database.context(mine), (sql) => sql(everything));
  expect(new Set(rows.map((row) => row.owner))).toEqual(new Set([mine.id]));
  expect(await asActor(database.context(guest), (sql) => sql(everything))).toEqual([]);
});

test('who teaches the course sees both, who teaches another sees none', async () => {
  const everything = statement<{ id: string }>('select id from enrollments');
  const teacher = { ...(await aPerson(database, 'INSTRUCTOR')), id: course.instructorId };
  expect(await asActor(database.context(teacher), (sql) => sql(everything))).toHaveLength(2);
  expect(await asActor(database.context(await aPerson(database, 'INSTRUCTOR')), (sql) => sql(everything))).toEqual([]);
});

test('nobody moves another’s progress, even past the program’s own checks', async () => {
  const [enrollment] = (await database.owner.query<{ id: string }>('select id from enrollments where user_id = $1', [other.id])).rows;
  const markOther = statement<unknown, [string, string]>(`select * from set_lesson_completed_unchecked($1, $2, true, now(), current_date)`);
  await expect(
    inTransaction(database.context(mine), (ctx) => ctx.db.sql(markOther, enrollment!.id, course.lessons[1]!.id)),
  ).rejects.toThrow();
  const rollUpOther = statement<{ id: string }, [string]>('select enrollment_id as id from roll_up_progress(array[$1::uuid], now())');
  expect(await inTransaction(database.context(mine), (ctx) => ctx.db.sql(rollUpOther, enrollment!.id))).toEqual([]);
});

test('a report acts for its reporter only as long as its own statement', async () => {
  const { pool } = database.connections;
  await recordWatched(database.context(mine), { lessonId: course.lessons[1]!.id, played: [[10, 20]], positionSeconds: 20 });
  const connections = await Promise.all(Array.from({ length: 5 }, () => pool.connect()));
  for (const client of connections) {
    expect((await client.query('select id from enrollments')).rows).toEqual([]);
    client.release();
  }
});
