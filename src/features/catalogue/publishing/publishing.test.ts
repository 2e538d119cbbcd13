import { beforeAll, describe, expect, test } from 'vitest';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { publishCourse, publishingPage, saveDetails, schedulePublishing, withdrawCourse } from '../index.server.ts';
import { missingFor } from './check-list.ts';
import { courseTransitions } from './states.ts';

test.each([
  [{ lessonCount: 1, isFree: true, hasPrice: false, hasDescription: true }, []],
  [{ lessonCount: 1, isFree: false, hasPrice: true, hasDescription: true }, []],
  [{ lessonCount: 0, isFree: false, hasPrice: false, hasDescription: false }, ['lesson', 'price', 'description']],
])('of %o it still lacks %o', (facts, missing) => {
  expect(missingFor(facts)).toEqual(missing);
});

test('a draft is published before it is archived, and the archive leads back', () => {
  expect(courseTransitions).toEqual({
    DRAFT: { publish: 'PUBLISHED' },
    PUBLISHED: { unpublish: 'DRAFT', archive: 'ARCHIVED' },
    ARCHIVED: { publish: 'PUBLISHED', unpublish: 'DRAFT' },
  });
});

describe('in the school', () => {
  const database = testDatabase();
  const school = testProcess(database);
  let owner: Awaited<ReturnType<typeof aPerson>>;
  beforeAll(async () => {
    owner = await aPerson(database, 'INSTRUCTOR');
  });

  const mine = (now?: Date) => database.context(owner, now);
  const aDraft = () => aCourse(database, { instructorId: owner.id, status: 'DRAFT' });
  const row = async (id: string) =>
    (await database.owner.query('select status, publish_at as "publishAt" from courses where id = $1', [id])).rows[0];
  const soon = () => new Date(Date.now() + 400);

  test('the studio asks for a description, and says where it is written', async () => {
    const { id, slug } = await aCourse(database, { instructorId: owner.id, status: 'DRAFT', chapters: [{ lessons: [{}] }] });
    await database.owner.query('update courses set lesson_count = 1 where id = $1', [id]);
    expect((await publishingPage(mine(), { slug })).lines.filter(({ state }) => state === 'missing')).toEqual([
      { what: 'It needs a description', state: 'missing', place: '/details#about' },
    ]);
    expect(await publishCourse(mine(), { courseId: id as never, needsDescription: true })).toEqual({
      kind: 'incomplete',
      missing: ['a description'],
    });
    await saveDetails(mine(), { slug, values: { description: 'Water first.' }, seen: {} });
    expect(await publishingPage(mine(), { slug })).toMatchObject({ isReady: true, deeds: ['publish'] });
    expect(await publishCourse(mine(), { courseId: id as never, needsDescription: true })).toEqual({ kind: 'published' });
    expect(await statementsOf(() => publishingPage(mine(), { slug }))).toHaveLength(1);
  });

  test('a draft publishes itself at its moment, and its instructor hears of it', async () => {
    const { id, slug } = await aDraft();
    await database.owner.query("update courses set lesson_count = 1, description = 'Tea.', title = 'On time' where id = $1", [id]);
    const at = soon();
    await schedulePublishing(mine(new Date()), { slug, at });
    expect(await row(id)).toEqual({ status: 'DRAFT', publishAt: at });
    await new Promise((resolve) => setTimeout(resolve, 450));
    await school.runJobs();
    expect(await row(id)).toEqual({ status: 'PUBLISHED', publishAt: null });
    expect((await school.mailsTo(owner.email)).map(({ subject }) => subject)).toContain('“On time” is published');
  });

  test('what lacks something at its moment stays a draft, and its instructor hears why', async () => {
    const { id, slug } = await aDraft();
    await database.owner.query("update courses set title = 'Too early', lesson_count = 0 where id = $1", [id]);
    await schedulePublishing(mine(new Date()), { slug, at: soon() });
    await new Promise((resolve) => setTimeout(resolve, 450));
    await school.runJobs();
    expect(await row(id)).toEqual({ status: 'DRAFT', publishAt: null });
    const mail = (await school.mailsTo(owner.email)).find(({ subject }) => subject === '“Too early” could not be published');
    expect(mail?.text.replaceAll('\n', ' ')).toContain('a lesson that learners can see and a description');
  });

  test('a moment that was taken back publishes nothing, and none lies in the past', async () => {
    const { id, slug } = await aDraft();
    await database.owner.query("update courses set lesson_count = 1, description = 'Tea.' where id = $1", [id]);
    await schedulePublishing(mine(new Date()), { slug, at: soon() });
    await schedulePublishing(mine(new Date()), { slug, at: null });
    await new Promise((resolve) => setTimeout(resolve, 450));
    await school.runJobs();
    expect(await row(id)).toEqual({ status: 'DRAFT', publishAt: null });
    await expect(schedulePublishing(mine(new Date()), { slug, at: new Date(0) })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('a course leaves the catalogue into the archive, and comes back', async () => {
    const { id, slug } = await aCourse(database, { instructorId: owner.id });
    await database.owner.query("update courses set lesson_count = 1, description = 'Tea.' where id = $1", [id]);
    for (let time = 0; time < 2; time += 1) await withdrawCourse(mine(), { slug, deed: 'archive' });
    expect(await row(id)).toMatchObject({ status: 'ARCHIVED' });
    expect(await publishCourse(mine(), { courseId: id as never })).toEqual({ kind: 'published' });
    await withdrawCourse(mine(), { slug, deed: 'unpublish' });
    expect(await row(id)).toMatchObject({ status: 'DRAFT' });
    await expect(withdrawCourse(mine(), { slug, deed: 'archive' })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('an assistant reads the list and does none of it', async () => {
    const { id, slug } = await aDraft();
    const [assistant, stranger] = [await aPerson(database), await aPerson(database, 'INSTRUCTOR')];
    await database.owner.query("insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')", [
      id,
      assistant.id,
    ]);
    expect(await publishingPage(database.context(assistant), { slug })).toMatchObject({ deeds: [] });
    await expect(publishingPage(database.context(stranger), { slug })).rejects.toMatchObject({ code: 'not-found' });
    for (const actor of [assistant, stranger]) {
      await expect(schedulePublishing(database.context(actor), { slug, at: null })).rejects.toMatchObject({ code: 'not-found' });
      await expect(withdrawCourse(database.context(actor), { slug, deed: 'archive' })).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});
