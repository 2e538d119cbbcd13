import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import type { VideoId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { mp4 } from '../../../../tests/support/films.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { videoForPlayer } from '../../../../tests/support/video-for-player.ts';
import { addCaptions, filmOfFile, openFile, prepareFile, recordFiles, removeCaptions } from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let owner: Actor & { kind: 'person' };
let ctx: Context;
let videoId: VideoId;

beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
  ctx = database.context(owner);
  videoId = (await filmOfFile(ctx, { fileId: await uploaded(mp4({ seconds: 9, width: 640, height: 360 }), 'film.mp4') })).id;
});
afterAll(() => runtime().storage.deleteAll(''));

async function uploaded(bytes: string | Uint8Array, name: string, actor = owner): Promise<string> {
  const content = Readable.from([Buffer.from(bytes as string)]);
  const file = await prepareFile(database.context(actor), { content, name, ownerId: actor.id, visibility: 'PRIVATE', largestBytes: 1e7 });
  return (await recordFiles(database.context(actor), [file])).get(file.key)!;
}

const vtt = (words: string) => `WEBVTT\n\n00:00.000 --> 00:02.000\n${words}\n`;

/** Language, name and text of each track, as a player gets them. */
async function shown(): Promise<string[][]> {
  const video = await videoForPlayer(ctx, { videoId });
  if (video?.provider !== 'FILE') throw new Error('The film is a file');
  return Promise.all(
    video.captions.map(async ({ src, language, label }) => {
      const { pathname, searchParams } = new URL(src, 'https://school.test');
      const link = { key: pathname.replace('/files/', ''), until: searchParams.get('until'), seal: searchParams.get('seal') };
      const file = await openFile(ctx, link);
      expect(file.contentType).toBe('text/vtt');
      return [language, label, (await buffer(file.read({ start: 0, end: file.sizeBytes - 1 }))).toString().split('\n')[3]!];
    }),
  );
}

test('captions are shown at once, one track a language; the same language again replaces, and removing removes', async () => {
  await addCaptions(ctx, { videoId, fileId: await uploaded(vtt('Hello.'), 'a.vtt'), language: 'en' });
  await addCaptions(ctx, { videoId, fileId: await uploaded('1\n00:00:01,000 --> 00:00:02,000\nHallo.\n', 'a.srt'), language: 'de' });
  expect(await shown()).toEqual([
    ['de', 'Deutsch', '00:00:01.000 --> 00:00:02.000'],
    ['en', 'English', 'Hello.'],
  ]);
  await addCaptions(ctx, {
    videoId,
    fileId: await uploaded(vtt('Good day.'), 'b.vtt'),
    language: 'en',
    label: 'English, for who cannot hear',
  });
  await removeCaptions(ctx, { videoId, language: 'de' });
  expect(await shown()).toEqual([['en', 'English, for who cannot hear', 'Good day.']]);
});

test('what is wrong with captions is said with its line, also of SubRip, and leaves what there was', async () => {
  const before = await shown();
  const files = async () => (await database.owner.query('select count(*)::int as count from files')).rows[0];
  for (const [text, name, reason] of [
    [vtt('').replace('00:02.000', '-00:02.000'), 'a.vtt', 'The captions were not taken. Line 3: a time is negative.'],
    [
      '1\n00:00:05,000 --> 00:00:06,000\nOne.\n\n2\n00:00:01,000 --> 00:00:02,000\nTwo.\n',
      'a.srt',
      'The captions were not taken. Line 6: this caption begins before the one above it.',
    ],
    ['only words', 'a.txt', 'The captions were not taken. Line 1: the file does not begin with WEBVTT.'],
  ] as const) {
    const fileId = await uploaded(text, name);
    const count = await files();
    await expect(addCaptions(ctx, { videoId, fileId, language: 'en' })).rejects.toThrow(reason);
    expect(await files()).toEqual(count);
  }
  const fileId = await uploaded(vtt('Hi.'), 'c.vtt');
  await expect(addCaptions(ctx, { videoId, fileId, language: 'x-klingon' })).rejects.toMatchObject({
    fields: { language: 'Choose the language of the captions.' },
  });
  const other = await aPerson(database, 'INSTRUCTOR');
  await expect(addCaptions(database.context(other), { videoId, fileId, language: 'en' })).rejects.toThrow(/not among your uploads/);
  expect(await shown()).toEqual(before);
});
