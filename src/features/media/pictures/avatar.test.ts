import { existsSync, readdirSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { type Crop, putAvatar, removeAvatar, type UseAvatar } from '../index.server.ts';

const database = testDatabase();
const school = testProcess(database);
let ada: Awaited<ReturnType<typeof aPerson>>;

beforeEach(async () => {
  ada = await aPerson(database);
});
afterAll(() => runtime().storage.deleteAll(''));

/** Writes the picture into the person's row, as accounts does. */
const use =
  (person: typeof ada): UseAvatar =>
  async (ctx, picture) => {
    const before = await ctx.db.prisma.user.findUniqueOrThrow({ where: { id: person.id }, select: { imageKey: true } });
    await ctx.db.prisma.user.update({ where: { id: person.id }, data: { imageKey: picture?.key ?? null } });
    return { replacedKey: before.imageKey };
  };
const put = (bytes: Uint8Array, crop?: Crop, person = ada) => putAvatar(database.context(person), { bytes, crop }, use(person));

/** Four quarters of different colors, so that a crop shows where it was taken. */
async function quarters(width: number, height: number) {
  const part = (left: number, top: number, background: string) => ({
    input: { create: { width: width / 2, height: height / 2, channels: 3 as const, background } },
    left,
    top,
  });
  return sharp({ create: { width, height, channels: 3, background: '#fff' } }).composite([
    part(0, 0, '#ff0000'),
    part(width / 2, 0, '#00ff00'),
    part(0, height / 2, '#0000ff'),
    part(width / 2, height / 2, '#ffff00'),
  ]);
}

async function colorsOf(key: string): Promise<string[]> {
  const picture = sharp(await runtime().storage.getBytes(key));
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const start = (Math.round(y * info.height) * info.width + Math.round(x * info.width)) * info.channels;
    return [...data.subarray(start, start + 3)].map((value) => (value > 127 ? 'f' : '0')).join('');
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

const filesOf = async (person = ada) =>
  (await database.owner.query('select key, name, visibility, state, variants from files where owner_id = $1', [person.id])).rows;
const folder = () => {
  const { storage } = runtime().config;
  return storage.kind === 'folder' ? storage.folder : '';
};
const objects = () =>
  readdirSync(folder(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();

test('a picture is cut where its person wanted, in three sizes, public, under a name that tells nothing', async () => {
  const bytes = await (await quarters(800, 400)).png().toBuffer();
  const { key, url } = await put(bytes, { x: 400, y: 0, size: 400 });
  expect(await colorsOf(key)).toEqual(['0f0', '0f0', 'ff0', 'ff0']);
  expect(url).toBe(`/files/${key.replace('.webp', '-256.webp')}`);
  const [file] = await filesOf();
  expect(file).toMatchObject({ key, name: 'avatar.webp', visibility: 'PUBLIC', state: 'READY' });
  for (const [object, size] of [
    [key, 512],
    [key.replace('.webp', '-256.webp'), 256],
    [key.replace('.webp', '-96.webp'), 96],
  ] as const) {
    expect(await sharp(await runtime().storage.getBytes(object)).metadata()).toMatchObject({ format: 'webp', width: size, height: size });
  }
});

test('without a choice the center is taken', async () => {
  const bytes = await (await quarters(800, 400)).jpeg().toBuffer();
  expect(await colorsOf((await put(bytes)).key)).toEqual(['f00', '0f0', '00f', 'ff0']);
});

test('a photograph held sideways is turned upright before it is cut, and where it was taken is not kept', async () => {
  const camera = await (await quarters(800, 400))
    .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect((await sharp(camera).metadata()).orientation).toBe(6);
  // Turned clockwise it is 400 wide and 800 high, blue above red at the left.
  const { key } = await put(camera, { x: 0, y: 200, size: 400 });
  expect(await colorsOf(key)).toEqual(['00f', 'f00', 'ff0', '0f0']);
  const kept = await runtime().storage.getBytes(key);
  const { exif, xmp, iptc, icc, orientation } = await sharp(kept).metadata();
  expect([exif, xmp, iptc, icc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(Buffer.from(kept).includes('Camera')).toBe(false);
});

test('of an animation the first frame is kept', async () => {
  const frame = (background: string) =>
    sharp({ create: { width: 100, height: 100, channels: 3, background } })
      .png()
      .toBuffer();
  const bytes = await sharp([await frame('#ff0000'), await frame('#0000ff')], { join: { animated: true } })
    .gif()
    .toBuffer();
  expect((await sharp(bytes).metadata()).pages).toBe(2);
  const { key } = await put(bytes);
  expect(await colorsOf(key)).toEqual(['f00', 'f00', 'f00', 'f00']);
  expect((await sharp(await runtime().storage.getBytes(key)).metadata()).pages ?? 1).toBe(1);
});

test('a new picture replaces the old one, row and bytes; the same one sent twice at once is one', async () => {
  const first = await (await quarters(200, 200)).png().toBuffer();
  const { key: oldKey } = await put(first);
  const answers = await Promise.all([put(first, { x: 0, y: 0, size: 100 }), put(first, { x: 0, y: 0, size: 100 })]);
  expect(answers[0]?.key).toBe(answers[1]?.key);
  await school.runJobs();
  expect((await filesOf()).map((file) => file.key)).toEqual([answers[0]?.key]);
  expect(await runtime().storage.exists(oldKey)).toBe(false);
  expect(await runtime().storage.exists(oldKey.replace('.webp', '-96.webp'))).toBe(false);
  expect(await runtime().storage.exists(answers[0]?.key ?? '')).toBe(true);
});

test('a picture that comes back before the old bytes are swept stays', async () => {
  const bytes = await (await quarters(200, 200)).png().toBuffer();
  const { key } = await put(bytes);
  await removeAvatar(database.context(ada), use(ada));
  expect(await filesOf()).toEqual([]);
  await put(bytes);
  await school.runJobs();
  expect(await runtime().storage.exists(key)).toBe(true);
  await removeAvatar(database.context(ada), use(ada));
  await removeAvatar(database.context(ada), use(ada));
  await school.runJobs();
  expect(await runtime().storage.exists(key)).toBe(false);
});

test('two people with the same picture each have their own: taking one away leaves the other', async () => {
  const bytes = await (await quarters(200, 200)).png().toBuffer();
  const bea = await aPerson(database);
  const [hers, mine] = [await put(bytes, undefined, bea), await put(bytes)];
  expect(hers.key).not.toBe(mine.key);
  // Even a row that says that mine is hers does not let her delete it.
  await database.owner.query('update users set image_key = $2 where id = $1', [bea.id, mine.key]);
  await removeAvatar(database.context(bea), use(bea));
  await school.runJobs();
  expect(await runtime().storage.exists(mine.key)).toBe(true);
  expect(await filesOf()).toHaveLength(1);
});

/** A PNG that says how large it is and holds next to nothing. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))]);
}

const noise = () =>
  sharp({ create: { width: 300, height: 300, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 60 }, background: '#000' } });

const hostile: [string, () => Promise<Uint8Array> | Uint8Array, RegExp][] = [
  ['nothing', () => Buffer.alloc(0), /Choose a picture/],
  ['an SVG, which is a program', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), /SVG/],
  ['a page that calls itself a picture', () => Buffer.from('<!doctype html><script>alert(1)</script>'), /no picture/],
  ['a program', () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), /no picture/],
  ['a page behind the first bytes of a PNG', () => Buffer.from('\x89PNG\r\n\x1a\n<script>alert(1)</script>', 'latin1'), /broken/],
  ['a page behind the first bytes of a JPEG', () => Buffer.from('\xff\xd8\xff<script>alert(1)</script>', 'latin1'), /broken/],
  ['a JPEG that ends in its middle', async () => (await noise().jpeg().toBuffer()).subarray(0, 9000), /broken/],
  ['a PNG that ends in its middle', async () => (await noise().png().toBuffer()).subarray(0, 9000), /broken/],
  ['a WebP that ends in its middle', async () => (await noise().webp().toBuffer()).subarray(0, 9000), /broken/],
  ['a small file that unfolds to 2,500 million pixels', () => pngOf(50_000, 50_000), /40 million pixels/],
  ['a picture of 41 million pixels', () => pngOf(41_000, 1000), /40 million pixels/],
  ['more than 10 MB', () => Buffer.concat([pngOf(100, 100), Buffer.alloc(10 * 1024 * 1024)]), /10 MB/],
  [
    'a speck',
    async () =>
      sharp({ create: { width: 63, height: 800, channels: 3, background: '#123' } })
        .png()
        .toBuffer(),
    /too small/,
  ],
];

test.each(hostile)('%s is refused in plain words and leaves nothing', async (_, make, words) => {
  const before = existsSync(folder()) ? objects() : [];
  const refusal = await put(await make()).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(AppError);
  expect(refusal).toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(words),
    fields: { picture: expect.stringMatching(words) },
  });
  expect(objects()).toEqual(before);
  expect(await filesOf()).toEqual([]);
});

test('a picture whose person may not have it leaves neither row nor bytes', async () => {
  const before = objects();
  const refuse: UseAvatar = async () => {
    throw new AppError('forbidden', 'Only Ada can do that.');
  };
  const bytes = await (await quarters(200, 200)).png().toBuffer();
  await expect(putAvatar(database.context(ada), { bytes }, refuse)).rejects.toMatchObject({ code: 'forbidden' });
  expect(objects()).toEqual(before);
  expect(await filesOf()).toEqual([]);
});

test.each([
  { x: -1, y: 0, size: 100 },
  { x: 0, y: Number.NaN, size: 100 },
  { x: 0, y: 0, size: Number.POSITIVE_INFINITY },
])('a part that is no place in a picture is refused: %j', async (crop) => {
  await expect(put(await (await quarters(200, 200)).png().toBuffer(), crop)).rejects.toMatchObject({ code: 'invalid' });
});

test('a guest has no picture, and nobody uploads without end', async () => {
  const bytes = await (await quarters(200, 200)).png().toBuffer();
  await expect(putAvatar(database.context(guest), { bytes }, use(ada))).rejects.toMatchObject({ code: 'sign-in-required' });
  for (let count = 0; count < 30; count += 1) await put(Buffer.alloc(0)).catch(() => {});
  await expect(put(bytes)).rejects.toMatchObject({ code: 'too-many' });
});
