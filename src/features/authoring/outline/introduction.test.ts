import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { removeChapter, revisionOf, saveIntroduction, updateChapter } from '#features/catalogue/index.server.ts';
import type { Actor } from '#platform/context.ts';
import type { ChapterId, VideoId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { createTestDatabase, guest, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { editableIntroduction, introductionEditorPage, outlineEditorPage, studioCourse } from '../index.server.ts';

let database: TestDatabase;
let school: TestProcess;
let owner: Actor & { kind: 'person' };
let course: MadeCourse;
let chapterId: ChapterId;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 });
  school = startTestProcess(database);
  owner = await aPerson(database, 'INSTRUCTOR');
});
afterAll(async () => {
  await school.close();
  await database.drop();
});
beforeEach(async () => {
  course = await aCourse(database, { instructorId: owner.id });
  chapterId = course.chapterIds[0] as ChapterId;
});

const teaches = (actor: Actor & { kind: 'person' }, role: string) =>
  database.owner.query('insert into course_instructors (course_id, user_id, role) values ($1, $2, $3)', [course.id, actor.id, role]);
const page = (actor: Actor) => introductionEditorPage(database.context(actor), { course: course.slug, chapter: chapterId });
const save = (actor: Actor, content: string, basedOn: string) =>
  saveIntroduction(database.context(actor), { chapterId, content, basedOn: revisionOf(basedOn) });
const absent = { code: 'not-found' };

test('an introduction is written as Markdown and read as HTML', async () => {
  expect(await page(owner)).toMatchObject({ title: 'Chapter 1', mayEdit: true, content: '', contentHtml: '', videoId: null });
  expect(await save(owner, 'Why *this*.\r\n', '')).toEqual({ kind: 'saved', revision: revisionOf('Why *this*.\n') });
  expect(await page(owner)).toMatchObject({ content: 'Why *this*.\n', contentHtml: expect.stringContaining('<p>Why <em>this</em>.</p>') });
  const { chapters } = await outlineEditorPage(database.context(owner), { slug: course.slug });
  expect(chapters.map(({ hasIntroduction }) => hasIntroduction)).toEqual([true]);
  expect((await studioCourse(database.context(owner), course.slug)).outline[0]!.hasIntroduction).toBe(true);
});

test('of those who write at once one is kept, the others get its words, and what is sent twice is saved once', async () => {
  const colleague = await aPerson(database, 'INSTRUCTOR');
  await teaches(colleague, 'CO_INSTRUCTOR');
  const outcomes = await Promise.all(Array.from({ length: 6 }, (_, index) => save(index % 2 ? owner : colleague, `Words ${index}.`, '')));
  const { content } = await page(owner);
  expect(outcomes.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
  expect(outcomes.filter(({ kind }) => kind === 'conflict')).toEqual(
    Array(5).fill({ kind: 'conflict', content, revision: revisionOf(content), author: null }),
  );
  expect((await save(colleague, content, 'long ago')).kind).toBe('saved');
});

test('assistants read an introduction and change nothing; to others it is not there', async () => {
  const assistant = await aPerson(database);
  await teaches(assistant, 'ASSISTANT');
  expect(await page(assistant)).toMatchObject({ mayEdit: false });
  const address = { course: course.slug, chapter: chapterId };
  await expect(editableIntroduction(database.context(assistant), address)).rejects.toMatchObject(absent);
  const stranger = await aPerson(database, 'INSTRUCTOR');
  for (const actor of [assistant, stranger, await aPerson(database)])
    await expect(save(actor, 'Mine now.', '')).rejects.toMatchObject(absent);
  await expect(page(stranger)).rejects.toMatchObject(absent);
  await expect(page(guest)).rejects.toMatchObject({ code: 'sign-in-required' });
  await expect(introductionEditorPage(database.context(owner), { ...address, chapter: 'one' })).rejects.toMatchObject(absent);
  const other = await aCourse(database, { instructorId: owner.id });
  await expect(introductionEditorPage(database.context(owner), { ...address, course: other.slug })).rejects.toMatchObject(absent);
});

test('an introduction that is only a film is one, and a removed chapter has none', async () => {
  const filmed = await aCourse(database, { instructorId: owner.id, chapters: [{ hasFilm: true, lessons: [{}] }] });
  const { videoId } = await introductionEditorPage(database.context(owner), { course: filmed.slug, chapter: filmed.chapterIds[0]! });
  await updateChapter(database.context(owner), { chapterId, videoId: videoId as VideoId });
  expect((await studioCourse(database.context(owner), course.slug)).outline[0]!.hasIntroduction).toBe(true);
  await removeChapter(database.context(owner), { chapterId });
  await expect(page(owner)).rejects.toMatchObject(absent);
});

test('its page asks the database twice', async () => {
  const ctx = database.context(owner);
  expect((await statementsOf(() => Promise.all([studioCourse(ctx, course.slug), page(owner)]))).length).toBe(2);
});
