import { beforeEach, expect, test } from 'vitest';
import { changeNotifications } from '#features/accounts/index.server.ts';
import { completeLesson, enrollInCourse } from '#features/learning/index.server.ts';
import type { Person } from '#platform/context.ts';
import { aCourse, aPerson } from '../../../tests/support/courses.ts';
import { testDatabase } from '../../../tests/support/database.ts';
import { testProcess } from '../../../tests/support/process.ts';

const database = testDatabase();
const school = testProcess(database);
let ada: Person;

beforeEach(async () => {
  ada = await aPerson(database, 'STUDENT', { name: 'Ada <b>Lovelace</b>' });
});

async function finishACourse(now = new Date()) {
  const course = await aCourse(database, { title: 'Looms & algebra', chapters: [{ lessons: [{}] }] });
  const ctx = database.context(ada, now);
  await enrollInCourse(ctx, { courseSlug: course.slug });
  await completeLesson(ctx, { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });
}

test('whoever completes a course is congratulated once, by mail', async () => {
  await finishACourse();
  await school.runJobs();
  await school.runJobs();
  const mails = await school.mailsTo(ada.email);
  expect(mails.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['notifications.courseCompleted', 'You have completed “Looms & algebra”'],
  ]);
  expect(mails[0]?.html).toContain('Hello Ada &lt;b&gt;Lovelace&lt;/b&gt;,');
  expect(mails[0]?.text).toContain('/settings/notifications');
  expect(mails[0]?.text).toMatch(/\/certificates\/LYC(-[0-9A-Z]{4}){3}\n/);
});

test.each([
  ['switched this off', { isEnabled: true, chosen: ['teachingAnswered.email'] }],
  ['switched everything off', { isEnabled: false, chosen: ['courseCompleted.email'] }],
])('whoever %s is not', async (_, choice) => {
  await changeNotifications(database.context(ada), choice);
  await finishACourse();
  await school.runJobs();
  expect(await school.mailsTo(ada.email)).toEqual([]);
});

test('what was completed days ago is let be', async () => {
  await finishACourse(new Date(Date.now() - 2 * 86_400_000));
  await school.runJobs();
  expect(await school.mailsTo(ada.email)).toEqual([]);
});

test('what counts is the choice at the moment of sending', async () => {
  await changeNotifications(database.context(ada), { isEnabled: false, chosen: [] });
  await finishACourse();
  await changeNotifications(database.context(ada), { isEnabled: true, chosen: ['courseCompleted.email'] });
  await school.runJobs();
  expect(await school.mailsTo(ada.email)).toHaveLength(1);
});

test('whoever has closed their account in the meantime is left alone', async () => {
  await finishACourse();
  await database.owner.query('update users set deleted_at = now() where id = $1', [ada.id]);
  await school.runJobs();
  expect(await school.mailsTo(ada.email)).toEqual([]);
});
