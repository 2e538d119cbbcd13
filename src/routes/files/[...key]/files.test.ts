import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareFile, prepareImage, recordFiles } from '#features/media/index.server.ts';
import type { Person } from '#platform/context.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { GET } from './+server.ts';

const database = testDatabase();
testProcess(database);
let owner: Person;

beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
});
afterAll(() => runtime().storage.deleteAll(''));

async function stored(content: string | Uint8Array, name: string, visibility: 'PUBLIC' | 'PRIVATE' = 'PUBLIC'): Promise<string> {
  const ctx = database.context(owner);
  const file = await prepareFile(ctx, {
    content: Readable.from([Buffer.from(content)]),
    name,
    ownerId: owner.id,
    visibility,
    largestBytes: 1e6,
  });
  await recordFiles(ctx, [file]);
  return file.key;
}

function get(key: string, headers: Record<string, string> = {}, method = 'GET', query = ''): Promise<Response> {
  const url = new URL(`http://localhost/files/${key}${query}`);
  const event = { locals: { ctx: database.context(guest) }, params: { key }, url, request: new Request(url, { headers, method }) };
  return Promise.resolve(GET(event as unknown as Parameters<typeof GET>[0]));
}

const film = Buffer.concat([Buffer.from('\0\0\0\x1cftypisom'), Buffer.alloc(988, 'x')]);

test('a film is shown in the page, in parts, and kept for good by whoever has it', async () => {
  const key = await stored(film, 'film.mp4');
  const whole = await get(key);
  expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, 1000]);
  expect(Object.fromEntries(whole.headers)).toEqual({
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-disposition': "inline; filename*=UTF-8''film.mp4",
    'content-length': '1000',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-type': 'video/mp4',
    etag: `"${key}"`,
  });
  const part = await get(key, { range: 'bytes=4-11' });
  expect([part.status, part.headers.get('content-range'), part.headers.get('content-length'), await part.text()]).toEqual([
    206,
    'bytes 4-11/1000',
    '8',
    'ftypisom',
  ]);
  expect((await get(key, { range: 'bytes=2000-' })).status).toBe(416);
  expect((await get(key, { range: 'bytes=0-1', 'if-range': '"another"' })).status).toBe(200);
  expect((await get(key, { 'if-none-match': `"${key}"` })).status).toBe(304);
  const head = await get(key, {}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '1000', '']);
});

test('what could run is only ever saved, under a name that no header can be broken with', async () => {
  const response = await get(await stored('<!doctype html><script>alert(1)</script>', `a"b\r\nset-cookie: x=1; ü'.html`));
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''a%22b%0D%0Aset-cookie%3A%20x%3D1%3B%20%C3%BC%27.html",
  );
});

test('a private file and one that is not there look alike', async () => {
  const refusals = await Promise.all(
    [stored('secret', 's.txt', 'PRIVATE').then(get), get(`ab/${'c'.repeat(62)}.txt`)].map((answer) =>
      answer.catch((error: unknown) => error),
    ),
  );
  expect(refusals[0]).toMatchObject({ code: 'not-found', message: 'There is no such file, or the link to it has expired.' });
  expect(refusals[1]).toEqual(refusals[0]);
});

test('a visitor who leaves in the middle lets go of the file', async () => {
  const body = (await get(await stored(Buffer.alloc(900_000, 'y'), 'long.bin'))).body!;
  const reader = body.getReader();
  await reader.read();
  await reader.cancel();
  expect(await reader.read()).toEqual({ done: true, value: undefined });
});

test('what is shown in a page elsewhere is saved under its own name where a link says so', async () => {
  const key = await stored(Buffer.concat([film, film]), 'A film’s copy (1).mp4');
  const answer = await get(key, {}, 'HEAD', '?download');
  expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''A%20film%E2%80%99s%20copy%20%281%29.mp4");
});

test('who reads AVIF gets a picture as that under the address that every page names; who saves it gets what it is called', async () => {
  const ctx = database.context(owner);
  const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#375' } })
    .jpeg()
    .toBuffer();
  const picture = await prepareImage(ctx, { bytes, name: 'wood.jpg', ownerId: owner.id });
  await recordFiles(ctx, [picture]);
  const answers = await Promise.all([
    get(picture.key, { accept: 'image/avif,image/webp,*/*' }, 'HEAD'),
    get(picture.key, { accept: 'image/webp,*/*' }, 'HEAD'),
    get(picture.key, { accept: 'image/avif' }, 'HEAD', '?download'),
  ]);
  expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual(['image/avif', 'image/webp', 'image/webp']);
  expect(answers.map(({ headers }) => headers.get('vary'))).toEqual(['accept', 'accept', 'accept']);
  expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(2);
});

test.each([
  ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.svg'],
  ['<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>', 'a.xml'],
  ['alert(1)', 'a.js'],
  ['%PDF-1.7 with a script', 'a.pdf'],
])('%s is only ever saved, sealed off from the school', async (content, name) => {
  const { headers } = await get(await stored(content, name));
  expect(headers.get('content-disposition')).toMatch(/^attachment/);
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('content-type')).not.toMatch(/html|javascript/);
});
