import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import { type LessonId, newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { addLink, addResource, changeLessonAddress, moveResource, removeResource, renameResource, updateLesson } from '../index.server.ts';
import { resourceTypeOf } from './resource-type.ts';

const database = testDatabase({ poolSize: 12 });
testProcess(database);
let owner: Actor & { kind: 'person' };
let ctx: Context;
let lessonId: LessonId;
let courseSlug: string;
let otherId: LessonId;

beforeEach(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
  ctx = database.context(owner);
  const course = await aCourse(database, { instructorId: owner.id, chapters: [{ lessons: [{ slug: 'one' }, { slug: 'two' }] }] });
  [lessonId, otherId] = course.lessons.map(({ id }) => id as LessonId) as [LessonId, LessonId];
  courseSlug = course.slug;
});

async function aFile(ownerId: string, contentType: string, name: string): Promise<string> {
  const id = newId<'file'>();
  await database.owner.query(
    `insert into files (id, key, storage, owner_id, name, content_type, size_bytes, sha256, visibility, state)
     values ($1, $2, 'LOCAL', $3, $4, $5, 1200, repeat('a', 64), 'PRIVATE', 'READY')`,
    [id, `${id.slice(0, 2)}/${id}.bin`, ownerId, name, contentType],
  );
  return id;
}

const resources = async () =>
  (
    await database.owner.query<{ id: string; title: string; type: string; position: number }>(
      'select id, title, type, position from resources where lesson_id = $1 order by position',
      [lessonId],
    )
  ).rows;

describe('the resources of a lesson', () => {
  test('come at its end, and are what their bytes are', async () => {
    await addResource(ctx, { lessonId, fileId: await aFile(owner.id, 'application/pdf', 'knots.doc') });
    await addLink(ctx, { lessonId, title: 'More on knots', url: 'https://knots.test/a' });
    expect(await resources()).toMatchObject([
      { title: 'knots.doc', type: 'PDF', position: 1 },
      { title: 'More on knots', type: 'LINK', position: 2 },
    ]);
  });

  test('are called otherwise, put in order and taken out', async () => {
    for (const title of ['a', 'b', 'c']) await addLink(ctx, { lessonId, title, url: `https://knots.test/${title}` });
    const [a, b, c] = await resources();
    await moveResource(ctx, { resourceId: c!.id, by: -1 });
    await moveResource(ctx, { resourceId: a!.id, by: -1 });
    await renameResource(ctx, { resourceId: b!.id, title: 'B' });
    expect((await resources()).map(({ title }) => title)).toEqual(['a', 'c', 'B']);
    await removeResource(ctx, { resourceId: a!.id });
    await moveResource(ctx, { resourceId: b!.id, by: -1 });
    expect((await resources()).map(({ title }) => title)).toEqual(['B', 'c']);
  });

  test('keep an order when many move them at once', async () => {
    for (const title of ['a', 'b', 'c', 'd']) await addLink(ctx, { lessonId, title, url: `https://knots.test/${title}` });
    const ids = (await resources()).map(({ id }) => id);
    await Promise.all(ids.flatMap((resourceId) => [moveResource(ctx, { resourceId, by: 1 }), moveResource(ctx, { resourceId, by: -1 })]));
    expect((await resources()).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  });

  test('are no files of others, no pages that are none, and nobody else’s to change', async () => {
    const stranger = await aPerson(database, 'INSTRUCTOR');
    await expect(addResource(ctx, { lessonId, fileId: await aFile(stranger.id, 'application/pdf', 'x.pdf') })).rejects.toMatchObject({
      code: 'invalid',
    });
    for (const url of ['javascript:alert(1)', 'knots.test', 'https://']) {
      await expect(addLink(ctx, { lessonId, title: 'x', url })).rejects.toMatchObject({ code: 'invalid' });
    }
    await addLink(ctx, { lessonId, title: 'mine', url: 'https://knots.test' });
    const [mine] = await resources();
    for (const deed of [
      () => addLink(database.context(stranger), { lessonId, title: 'x', url: 'https://knots.test' }),
      () => renameResource(database.context(stranger), { resourceId: mine!.id, title: 'x' }),
      () => moveResource(database.context(stranger), { resourceId: mine!.id, by: 1 }),
      () => removeResource(database.context(stranger), { resourceId: mine!.id }),
    ]) {
      await expect(deed()).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await resources()).toHaveLength(1);
  });
});

test.each([
  ['application/zip', 'a.zip', 'ARCHIVE'],
  ['text/plain', 'data.csv', 'SPREADSHEET'],
  ['text/plain', 'main.py', 'CODE'],
  ['text/plain', 'README', 'DOCUMENT'],
  ['image/webp', 'a.webp', 'IMAGE'],
  ['audio/mpeg', 'a.mp3', 'AUDIO'],
  ['application/x-ole-storage', 'old.ppt', 'PRESENTATION'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'a.pptx', 'PRESENTATION'],
])('%s called %s is to its readers a %s', (contentType, name, type) => {
  expect(resourceTypeOf({ contentType, name })).toBe(type);
});

test('a lesson that moves to another address takes the links to it along', async () => {
  await updateLesson(ctx, { lessonId, content: `[on](lesson:${otherId}) and [there](lesson:${otherId}#part)` });
  await changeLessonAddress(ctx, { lessonId: otherId, address: 'second' });
  const { rows } = await database.owner.query<{ content_html: string }>('select content_html from lessons where id = $1', [lessonId]);
  expect(rows[0]!.content_html).toBe(
    `<p><a href="/learn/${courseSlug}/second">on</a> and <a href="/learn/${courseSlug}/second#s-part">there</a></p>`,
  );
  await expect(changeLessonAddress(ctx, { lessonId: otherId, address: 'one' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(changeLessonAddress(ctx, { lessonId: otherId, address: 'No Good' })).rejects.toMatchObject({ code: 'invalid' });
});
