import { existsSync, readdirSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Actor, Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { startS3Server } from '../../../../tests/support/s3-server.ts';
import { aFilm } from '../../../../tests/support/uploads.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { openFile } from '../files/open-file.ts';
import { mayUpload } from '../policy.ts';
import { dropUpload } from './drop-upload.ts';
import { finishUpload } from './finish-upload.ts';
import { ownFile } from './own-file.ts';
import type { UploadPurpose } from './purposes.ts';
import { stagingPath } from './staging.ts';
import { documentOf, megabyte, uploadSchool } from './testing/upload-school.ts';

const uploading = uploadSchool();
const { school, sent, finish, rows } = uploading;
const film = aFilm(500);

/** Everything that an upload can leave: rows, and bytes on their way and in their place. */
async function leftovers(): Promise<unknown> {
  const { uploads, storage } = runtime().config;
  const place = storage.kind === 'folder' ? storage.folder : '';
  const files = [uploads.folder, place]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()));
  return { uploads: await rows('uploads'), files: await rows('files'), bytes: files.map((entry) => entry.name).sort() };
}

test.each<[string, Actor, boolean]>([
  ['a guest', guest, false],
  ['the program', { kind: 'system' }, false],
  ['a student', { kind: 'person', role: 'STUDENT' } as Person, false],
  ['an instructor', { kind: 'person', role: 'INSTRUCTOR' } as Person, true],
  ['an admin', { kind: 'person', role: 'ADMIN' } as Person, true],
])('%s may upload: %j %s', (_, actor, may) => {
  expect(mayUpload(actor)).toBe(may);
});

test('a student begins no upload', async () => {
  const student = await aPerson(school.database, 'STUDENT');
  await expect(sent({ purpose: 'image', name: 'a.png', bytes: film }, student)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a film becomes a private file of its owner; asked again it is the same one, and nothing waits anymore', async () => {
  const id = await sent({ purpose: 'film', name: 'lecture.mp4', bytes: film });
  const [file, same] = await Promise.all([finish(id), finish(id)]);
  expect(file).toMatchObject({ name: 'lecture.mp4', contentType: 'video/mp4', sizeBytes: film.length });
  expect(file.url).toContain('seal=');
  expect([same, await finish(id)]).toEqual([file, file]);
  expect(existsSync(stagingPath(id))).toBe(false);
  const { rows } = await school.database.owner.query('select owner_id, visibility, state, storage from files where id = $1', [file.id]);
  expect(rows).toEqual([{ owner_id: uploading.ada.id, visibility: 'PRIVATE', state: 'READY', storage: 'LOCAL' }]);
  const again = await finish(await sent({ purpose: 'film', name: 'the same.mp4', bytes: film }));
  expect(again.id).toBe(file.id);
});

test('an upload whose process died between the bytes and the row is finished when somebody asks', async () => {
  const id = await sent({ purpose: 'resource', name: 'notes.pdf', bytes: documentOf('died between') });
  const { storage } = runtime();
  const exists = storage.exists.bind(storage);
  storage.exists = () => Promise.reject(new Error('killed'));
  await expect(finish(id)).rejects.toThrow('killed');
  storage.exists = exists;
  expect(await finish(id)).toMatchObject({ name: 'notes.pdf', contentType: 'application/pdf' });
});

test('a picture is made anew and public', async () => {
  const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#284' } })
    .jpeg()
    .toBuffer();
  const file = await finish(await sent({ purpose: 'image', name: 'Wald.JPG', bytes }));
  expect(file).toMatchObject({ name: 'Wald.JPG', contentType: 'image/webp', width: 900, height: 600 });
  expect(file.url).toMatch(/^\/files\/[0-9a-f]{2}\/[0-9a-f]{62}\.webp$/);
});

test('an upload is its owner’s: others, guests and who makes up an id find nothing', async () => {
  const id = await sent({ purpose: 'film', name: 'mine.mp4', bytes: film });
  const other = await aPerson(school.database, 'ADMIN');
  const absent = { code: 'not-found' };
  await expect(finish(id, other)).rejects.toMatchObject(absent);
  await expect(dropUpload(school.database.context(other), { uploadId: id })).rejects.toMatchObject(absent);
  await expect(finishUpload(school.database.context(guest), { uploadId: id })).rejects.toMatchObject(absent);
  await expect(finish(newId())).rejects.toMatchObject(absent);
  await expect(finish('../../etc/passwd')).rejects.toMatchObject(absent);
  await dropUpload(school.database.context(uploading.ada), { uploadId: id });
  await expect(finish(id)).rejects.toMatchObject(absent);
});

test('a file is handed to whoever uploaded it, for what it is, and to nobody else', async () => {
  const file = await finish(
    await sent({ purpose: 'captions', name: 'en.vtt', bytes: Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nHello') }),
  );
  expect(await ownFile(school.database.context(uploading.ada), { fileId: file.id, purpose: 'captions' })).toEqual(file);
  await expect(ownFile(school.database.context(uploading.ada), { fileId: file.id, purpose: 'film' })).rejects.toMatchObject({
    code: 'invalid',
    message: /film/,
  });
  const other = await aPerson(school.database, 'ADMIN');
  for (const fileId of [file.id, newId(), 'nothing'])
    await expect(ownFile(school.database.context(other), { fileId, purpose: 'captions' })).rejects.toMatchObject({ code: 'invalid' });
});

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const docx = () =>
  zip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'word/document.xml', content: '<w:document/>' },
  ]);

const hostile: [string, UploadPurpose, string, () => Buffer | Promise<Buffer>, RegExp][] = [
  ['a program that calls itself a picture', 'image', 'logo.png', () => svg, /SVG/],
  ['a drawing with a program as a resource', 'resource', 'plan.svg', () => svg, /SVG/],
  ['a page that calls itself a picture', 'image', 'a.jpg', () => Buffer.from('<!doctype html><script>alert(1)</script>'), /not a picture/],
  ['a picture that breaks off', 'image', 'b.png', async () => half(await noise(400)), /not complete|cannot be read/],
  ['a film that breaks off', 'film', 'c.mp4', () => film.subarray(0, film.length - 40), /not complete/],
  ['a film without its index', 'film', 'c.mp4', () => aFilm(300, { withoutIndex: true }), /not complete/],
  ['words that call themselves a film', 'film', 'd.mp4', () => Buffer.from('not a film at all'), /not a film/],
  ['a program of a system', 'resource', 'e.pdf', () => Buffer.from('MZ\x90\0\x03\0\0\0'), /not a document/],
  ['a document that breaks off', 'resource', 'f.pdf', () => documentOf('x').subarray(0, 12), /not complete/],
  [
    'an archive that calls itself a document',
    'resource',
    'g.pdf',
    () => zip([{ name: 'a.txt', content: 'a' }]),
    /something else than its name/,
  ],
  [
    'an archive that breaks off',
    'package',
    'h.zip',
    () => zip([{ name: 'a.txt', content: 'a'.repeat(500) }]).subarray(0, 60),
    /not complete/,
  ],
  ['a document as a package', 'package', 'i.zip', () => documentOf('no archive'), /not a zip/],
  ['a picture as captions', 'captions', 'j.vtt', () => Buffer.from('GIF89a'), /not a file of captions/],
];

const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

function noise(size: number): Promise<Buffer> {
  const pixels = Buffer.from(Array.from({ length: size * size * 3 }, (_, at) => (at * 7919) % 251));
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
}

test.each(hostile)('%s is refused in a sentence and leaves nothing behind', async (_, purpose, name, make, words) => {
  const before = await leftovers();
  const id = await sent({ purpose, name, bytes: await make() });
  await expect(finish(id)).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(words) });
  expect(await leftovers()).toEqual(before);
});

test('a document of an office program is known as one', async () => {
  const file = await finish(await sent({ purpose: 'resource', name: 'plan.docx', bytes: docx() }));
  expect(file.contentType).toMatch(/wordprocessingml/);
});

test('a name leads nowhere and has an end', async () => {
  const id = await sent({ purpose: 'resource', name: `../..\\etc/\0\r\n${'x'.repeat(300)}.pdf`, bytes: documentOf('name') });
  const { name } = await finish(id);
  expect(name).toMatch(/^x{196}\.pdf$/);
});

test('a school whose files are in a bucket takes uploads in the same way, and hands them out by range', async () => {
  const s3 = await startS3Server();
  await school.restart({ STORAGE_URL: s3.url });
  const file = await finish(await sent({ purpose: 'film', name: 'far.mp4', bytes: aFilm(17 * megabyte) }));
  expect(s3.objects.get(file.key)?.bytes.length).toBe(file.sizeBytes);
  const { searchParams } = new URL(file.url, 'https://school.test');
  const opened = await openFile(school.database.context(uploading.ada), {
    key: file.key,
    until: searchParams.get('until'),
    seal: searchParams.get('seal'),
  });
  expect((await buffer(opened.read({ start: 4, end: 11 }))).toString()).toBe('ftypisom');
  const { rows } = await school.database.owner.query('select storage from files where id = $1', [file.id]);
  expect(rows).toEqual([{ storage: 'S3' }]);
  const before = s3.objects.size;
  await expect(finish(await sent({ purpose: 'image', name: 'logo.png', bytes: svg }))).rejects.toMatchObject({ code: 'invalid' });
  expect([s3.objects.size, s3.openParts()]).toEqual([before, 0]);
  await school.restart();
  await s3.close();
});
