import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { videoForPlayer } from '../../../../tests/support/video-for-player.ts';
import {
  discardFiles,
  fileUrl,
  mediaJobs,
  openFile,
  picturesIn,
  prepareFile,
  prepareImage,
  putVideo,
  recordFiles,
} from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let owner: Actor & { kind: 'person' };
let other: Actor & { kind: 'person' };
let ctx: Context;

beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
  other = await aPerson(database, 'INSTRUCTOR');
  ctx = database.context(owner);
});
afterAll(() => runtime().storage.deleteAll(''));

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#246' } });
const text = (words: string, visibility: 'PUBLIC' | 'PRIVATE' = 'PUBLIC', actor = owner) =>
  prepareFile(database.context(actor), {
    content: Readable.from([Buffer.from(words)]),
    name: 'notes.txt',
    ownerId: actor.id,
    visibility,
    largestBytes: 1000,
  });
const link = (url: string) => {
  const { pathname, searchParams } = new URL(url, 'https://school.test');
  return { key: pathname.replace('/files/', ''), until: searchParams.get('until'), seal: searchParams.get('seal') };
};
const plain = (key: string) => ({ key, until: null, seal: null });

test('a picture becomes WebP of a sane size with smaller ones beside it, without what the camera noted', async () => {
  const bytes = await picture(2400, 1200)
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg()
    .toBuffer();
  expect((await sharp(bytes).metadata()).exif).toBeDefined();
  const stored = await prepareImage(ctx, { bytes, name: 'tree.jpg', ownerId: owner.id });
  expect(stored).toMatchObject({ contentType: 'image/webp', width: 1920, height: 960, visibility: 'PUBLIC' });
  expect(stored.variants.map(({ width, height, contentType }) => [width, height, contentType])).toEqual([
    [640, 320, 'image/webp'],
    [640, 320, 'image/avif'],
    [1280, 640, 'image/webp'],
    [1280, 640, 'image/avif'],
    [1920, 960, 'image/avif'],
  ]);
  const kept = await sharp(await runtime().storage.getBytes(stored.key)).metadata();
  expect([kept.format, kept.width, kept.exif]).toEqual(['webp', 1920, undefined]);
  await recordFiles(ctx, [stored]);
  expect((await picturesIn(ctx, `![a](${fileUrl(stored.key)})`)).get(fileUrl(stored.key))).toMatchObject({
    width: 1920,
    height: 960,
    variants: [{ width: 640 }, { width: 1280 }],
  });
  const avif = await openFile(database.context(guest), { ...plain(stored.key), readsAvif: true });
  expect([avif.contentType, avif.isChosen, avif.sizeBytes < stored.sizeBytes]).toEqual(['image/avif', true, true]);
  expect((await buffer(avif.read({ start: 0, end: 11 }))).toString('latin1')).toContain('ftypavif');
  const small = await openFile(database.context(guest), plain(stored.variants[0]!.key));
  expect(await buffer(small.read({ start: 0, end: 3 }))).toEqual(Buffer.from('RIFF'));
});

test('the same picture again is the same file; another owner’s is another', async () => {
  const bytes = await picture(50, 40).png().toBuffer();
  const first = await prepareImage(ctx, { bytes, name: 'a.png', ownerId: owner.id });
  const ids = await recordFiles(ctx, [first]);
  const again = await prepareImage(ctx, { bytes, name: 'b.png', ownerId: owner.id });
  expect(again).toMatchObject({ key: first.key, isRecorded: true });
  expect(await recordFiles(ctx, [again])).toEqual(ids);
  const others = await prepareImage(database.context(other), { bytes, name: 'a.png', ownerId: other.id });
  expect(others.key).not.toBe(first.key);
});

test('a turned photo is stood upright, and an animation keeps moving', async () => {
  const turned = await prepareImage(ctx, {
    bytes: await picture(80, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    name: 't.jpg',
    ownerId: owner.id,
  });
  expect([turned.width, turned.height]).toEqual([40, 80]);
  const frames = await Promise.all(
    ['#f00', '#0f0'].map((background) =>
      sharp({ create: { width: 30, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const moving = await prepareImage(ctx, {
    bytes: await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
    name: 'm.gif',
    ownerId: owner.id,
  });
  expect([moving.width, moving.height, (await sharp(await runtime().storage.getBytes(moving.key)).metadata()).pages]).toEqual([30, 20, 2]);
});

test.each([
  ['a program that calls itself a picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), /SVG/],
  ['a page that calls itself a picture', Buffer.from('<!doctype html><img src=x onerror=alert(1)>'), /no picture/],
  [
    'a picture that breaks off',
    Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('nonsense')]),
    /cannot be read/,
  ],
])('%s is refused', async (_, bytes, message) => {
  await expect(prepareImage(ctx, { bytes, name: 'x.png', ownerId: owner.id })).rejects.toThrow(message);
});

test('a file that is too large, or of another type than it should be, leaves nothing behind', async () => {
  await expect(text('x'.repeat(1001))).rejects.toThrow(/more than/);
  const film = {
    content: Readable.from([Buffer.from('no film')]),
    name: 'a.mp4',
    ownerId: owner.id,
    visibility: 'PRIVATE' as const,
    accept: ['video/mp4' as const],
    largestBytes: 100,
  };
  await expect(prepareFile(ctx, film)).rejects.toThrow(/are text\/plain, not video\/mp4/);
  const { objects } = await runtime().storage.listAll('incoming');
  expect([...objects]).toEqual([]);
});

test('nobody keeps files under another’s name', async () => {
  const bytes = await picture(5, 5).png().toBuffer();
  await expect(prepareImage(ctx, { bytes, name: 'a.png', ownerId: other.id })).rejects.toThrow(/someone else/);
  await expect(prepareImage(database.context(guest), { bytes, name: 'a.png', ownerId: null })).rejects.toThrow(/someone else/);
  await expect(recordFiles(database.context(other), [await text('mine')])).rejects.toThrow(/someone else/);
});

test('a public file is for everybody who knows its address', async () => {
  const file = await text('hello world');
  await expect(openFile(database.context(guest), plain(file.key))).rejects.toThrow(/no such file/);
  await recordFiles(ctx, [file]);
  const opened = await openFile(database.context(guest), plain(file.key));
  expect(opened).toMatchObject({ isPublic: true, contentType: 'text/plain', sizeBytes: 11, name: 'notes.txt' });
  expect((await buffer(opened.read({ start: 6, end: 10 }))).toString()).toBe('world');
});

test.each(['../../secret', 'ab/../../secret', 'ab/cd', '', 'ab/cd.webp', `${'a'.repeat(2)}/${'b'.repeat(62)}.txt/..`])(
  'the address %j opens nothing',
  async (key) => {
    await expect(openFile(database.context(guest), plain(key))).rejects.toThrow(/no such file/);
  },
);

test('a private film plays by a link that is made for one person, for some hours, and cannot be altered', async () => {
  const file = await text('a film, say', 'PRIVATE');
  const caption = await text('WEBVTT\n\n', 'PRIVATE');
  const ids = await recordFiles(ctx, [file, caption]);
  const { id } = await putVideo(ctx, {
    source: { provider: 'FILE', fileId: ids.get(file.key)! },
    durationSeconds: 12,
    captions: [{ fileId: ids.get(caption.key)!, language: 'en', label: 'English' }],
  });
  const video = await videoForPlayer(ctx, { videoId: id });
  if (video?.provider !== 'FILE') throw new Error('The film is a file');
  expect(video).toMatchObject({
    durationSeconds: 12,
    contentType: 'text/plain',
    poster: null,
    captions: [{ language: 'en', label: 'English' }],
  });
  const good = link(video.src);
  expect((await openFile(ctx, good)).isPublic).toBe(false);
  expect((await openFile(ctx, link(video.captions[0]!.src))).contentType).toBe('text/vtt');
  for (const [actor, tampered] of [
    [owner, plain(file.key)],
    [other, good],
    [guest, good],
    [owner, { ...good, until: String(Number(good.until) + 3600) }],
    [owner, { ...good, seal: `${good.seal}A` }],
    [owner, { ...good, key: caption.key }],
  ] as const) {
    await expect(openFile(database.context(actor), tampered)).rejects.toThrow(/no such file/);
  }
  const tomorrow = new Date(ctx.now.getTime() + 24 * 3600 * 1000);
  await expect(openFile(database.context(owner, tomorrow), good)).rejects.toThrow(/expired/);
});

test('putting the same film again changes nothing, another one changes the same video', async () => {
  const { id } = await putVideo(ctx, { source: { provider: 'YOUTUBE', externalId: 'dQw4w9WgXcQ' }, durationSeconds: 212 });
  expect(await putVideo(ctx, { videoId: id, source: { provider: 'YOUTUBE', externalId: 'dQw4w9WgXcQ' }, durationSeconds: 212 })).toEqual({
    id,
    changed: false,
  });
  expect(await putVideo(ctx, { videoId: id, source: { provider: 'VIMEO', externalId: '76979871' }, durationSeconds: 62 })).toEqual({
    id,
    changed: true,
  });
  expect(await videoForPlayer(ctx, { videoId: id })).toMatchObject({
    provider: 'VIMEO',
    externalId: '76979871',
    durationSeconds: 62,
  });
  await expect(putVideo(ctx, { source: { provider: 'YOUTUBE', externalId: 'no' }, durationSeconds: 5 })).rejects.toThrow(/another look/);
});

test('bytes whose row was never written can be taken back; others stay', async () => {
  const [kept, lost] = [await text('kept'), await text('lost')];
  await recordFiles(ctx, [kept]);
  await discardFiles(ctx, [kept, lost]);
  expect([await runtime().storage.exists(kept.key), await runtime().storage.exists(lost.key)]).toEqual([true, false]);
});

test('bytes that a killed import left behind are swept away after a day, and no others', async () => {
  const [kept, lost] = [await text('kept for good'), await text('left behind')];
  await recordFiles(ctx, [kept]);
  const image = await prepareImage(ctx, { bytes: await picture(900, 90).png().toBuffer(), name: 'wide.png', ownerId: owner.id });
  await recordFiles(ctx, [image]);
  const left = async () => Promise.all([kept.key, image.key, image.variants[0]!.key, lost.key].map((key) => runtime().storage.exists(key)));
  const sweepAt = (now: Date) => mediaJobs[0]!.handler(database.context(system, now), {});
  await sweepAt(new Date());
  expect(await left()).toEqual([true, true, true, true]);
  await sweepAt(new Date(Date.now() + 25 * 3600 * 1000));
  expect(await left()).toEqual([true, true, true, false]);
});
