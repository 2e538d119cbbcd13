import { expect, test } from 'vitest';
import type { ChapterId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { type ChapterSettings, changeChapter, outlineEditorPage } from '../index.server.ts';

const database = testDatabase();
testProcess(database);

async function aChapter(timeZone = 'Europe/Berlin') {
  const owner = await aPerson(database, 'INSTRUCTOR', { timeZone });
  const course = await aCourse(database, { instructorId: owner.id });
  const ctx = database.context(owner);
  const settings = { title: 'Light', description: ' ', isShown: true, isFree: false, opens: 'once', releaseAfterDays: '', releaseAt: '' };
  const chapterId = course.chapterIds[0] as ChapterId;
  return {
    change: (wish: Partial<ChapterSettings>) => changeChapter(ctx, { chapterId, ...settings, ...wish }),
    shown: async () => (await outlineEditorPage(ctx, { slug: course.slug })).chapters[0]!,
  };
}

test('a chapter opens on a day of its editor’s own clock, or days after enrolling, and not both', async () => {
  const { change, shown } = await aChapter();
  await change({ opens: 'at', releaseAt: '2026-07-01T09:00', releaseAfterDays: '5' });
  expect(await shown()).toMatchObject({
    releaseAt: new Date('2026-07-01T07:00:00Z'),
    releaseAfterDays: null,
    opens: 'Opens July 1, 2026 at 9:00 AM GMT+2',
  });
  await change({ opens: 'after', releaseAfterDays: '5', releaseAt: '2026-07-01T09:00' });
  expect(await shown()).toMatchObject({ releaseAt: null, releaseAfterDays: 5, opens: 'Opens 5 days after enrolling' });
  await change({ opens: 'once', releaseAfterDays: '5' });
  expect(await shown()).toMatchObject({ releaseAt: null, releaseAfterDays: null, opens: null });
});

test.each([
  ['a day that is none', { opens: 'at', releaseAt: 'soon' }, 'releaseAt'],
  ['no day', { opens: 'at' }, 'releaseAt'],
  ['no number', { opens: 'after' }, 'releaseAfterDays'],
  ['a number of none', { opens: 'after', releaseAfterDays: '0' }, 'releaseAfterDays'],
  ['no title', { title: ' ' }, 'title'],
])('a chapter takes %s for a mistake, and stays as it was', async (_, wish, field) => {
  const { change, shown } = await aChapter();
  const before = await shown();
  await expect(change(wish)).rejects.toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
  expect(await shown()).toEqual(before);
});

test('a chapter says what it is about, is free for everybody, or hidden', async () => {
  const { change, shown } = await aChapter();
  await change({ description: ' Where it comes from. ', isFree: true, isShown: false });
  expect(await shown()).toMatchObject({ title: 'Light', description: 'Where it comes from.', isFree: true, isShown: false });
});
