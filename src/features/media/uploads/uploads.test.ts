import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Context, Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { createTestDatabase, guest, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { aFilm } from '../../../../tests/support/uploads.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { mayUpload } from '../policy.ts';
import { mediaJobs } from '../registered.ts';
import { beginUpload } from './begin-upload.ts';
import { dropUpload } from './drop-upload.ts';
import { finishUpload } from './finish-upload.ts';
import { ownFile, type UploadedFile } from './own-file.ts';
import type { UploadPurpose } from './purposes.ts';
import { stagingPath } from './staging.ts';

let database: TestDatabase;
let school: TestProcess;
let ada: Person;

const megabyte = 1024 * 1024;
const hourMs = 3600 * 1000;

beforeAll(async () => {
  database = await createTestDatabase();
  school = startTestProcess(database, { UPLOAD_QUOTA_BYTES: String(40 * megabyte), UPLOAD_LARGEST_BYTES: String(30 * megabyte) });
  ada = await aPerson(database, 'INSTRUCTOR');
});
afterAll(async () => {
  await runtime().storage.deleteAll('');
  await school.close();
  await database.drop();
});

const film = aFilm(500);
const documentOf = (words: string) => Buffer.from(`%PDF-1.7\n${words}\n%%EOF\n`);

interface Sent {
  purpose: UploadPurpose;
  name: string;
  bytes: Buffer;
}

/** An upload whose bytes are all here and that nobody has finished yet. */
async function sent({ purpose, name, bytes }: Sent, person = ada): Promise<string> {
  const id = newId();
  await beginUpload(database.context(person), { id, purpose, name, sizeBytes: bytes.length });
  await mkdir(runtime().config.uploads.folder, { recursive: true });
  await writeFile(stagingPath(id), bytes);
  return id;
}

const finish = (uploadId: string, person = ada): Promise<UploadedFile> => finishUpload(database.context(person), { uploadId });
const rows = async (table: 'uploads' | 'files') => (await database.owner.query(`select id from ${table} order by id`)).rows;

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
  const student = await aPerson(database, 'STUDENT');
  await expect(sent({ purpose: 'image', name: 'a.png', bytes: film }, student)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a film becomes a private file of its owner; asked again it is the same one, and nothing waits anymore', async () => {
  const id = await sent({ purpose: 'film', name: 'lecture.mp4', bytes: film });
  const [file, same] = await Promise.all([finish(id), finish(id)]);
  expect(file).toMatchObject({ name: 'lecture.mp4', contentType: 'video/mp4', sizeBytes: film.length });
  expect(file.url).toContain('seal=');
  expect([same, await finish(id)]).toEqual([file, file]);
  expect(existsSync(stagingPath(id))).toBe(false);
  const { rows } = await database.owner.query('select owner_id, visibility, state, storage from files where id = $1', [file.id]);
  expect(rows).toEqual([{ owner_id: ada.id, visibility: 'PRIVATE', state: 'READY', storage: 'LOCAL' }]);
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
  const other = await aPerson(database, 'ADMIN');
  const absent = { code: 'not-found' };
  await expect(finish(id, other)).rejects.toMatchObject(absent);
  await expect(dropUpload(database.context(other), { uploadId: id })).rejects.toMatchObject(absent);
  await expect(finishUpload(database.context(guest), { uploadId: id })).rejects.toMatchObject(absent);
  await expect(finish(newId())).rejects.toMatchObject(absent);
  await expect(finish('../../etc/passwd')).rejects.toMatchObject(absent);
  await dropUpload(database.context(ada), { uploadId: id });
  await expect(finish(id)).rejects.toMatchObject(absent);
});

test('a file is handed to whoever uploaded it, for what it is, and to nobody else', async () => {
  const file = await finish(
    await sent({ purpose: 'captions', name: 'en.vtt', bytes: Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nHello') }),
  );
  expect(await ownFile(database.context(ada), { fileId: file.id, purpose: 'captions' })).toEqual(file);
  await expect(ownFile(database.context(ada), { fileId: file.id, purpose: 'film' })).rejects.toMatchObject({
    code: 'invalid',
    message: /film/,
  });
  const other = await aPerson(database, 'ADMIN');
  for (const fileId of [file.id, newId(), 'nothing'])
    await expect(ownFile(database.context(other), { fileId, purpose: 'captions' })).rejects.toMatchObject({ code: 'invalid' });
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
  ['captions of another kind', 'captions', 'j.vtt', () => Buffer.from('1\n00:00:00,000 --> 00:00:01,000\nHello'), /WebVTT/],
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

test.each<[string, { purpose?: string; sizeBytes?: number | undefined }, RegExp]>([
  ['larger than the school takes', { sizeBytes: 31 * megabyte }, /“a\.mp4” has 31 MB\. The most that is taken here is 30 MB/],
  ['larger than its purpose', { purpose: 'image', sizeBytes: 26 * megabyte }, /The most that is taken here is 25 MB/],
  ['empty', { sizeBytes: 0 }, /empty/],
  ['of no known size', { sizeBytes: undefined }, /how large/],
  ['for nothing', { purpose: 'anything' }, /what the file is for/],
])('an upload that is %s does not begin', async (_, wrong, words) => {
  const before = await rows('uploads');
  const wish = { id: newId(), purpose: 'film', name: 'a.mp4', sizeBytes: 1000, ...wrong };
  await expect(beginUpload(database.context(ada), wish)).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(words) });
  expect(await rows('uploads')).toEqual(before);
});

test('nobody gets more room by beginning twice at once; what is taken away is free again', async () => {
  const greedy = await aPerson(database, 'INSTRUCTOR');
  const begin = (sizeBytes: number, person = greedy) => {
    const id = newId();
    return beginUpload(database.context(person), { id, purpose: 'film', name: 'a.mp4', sizeBytes }).then(() => id);
  };
  const answers = await Promise.allSettled([begin(25 * megabyte), begin(25 * megabyte)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refusal = answers.find((answer) => answer.status === 'rejected')!;
  expect(refusal.reason).toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/your files may have 40 MB, and 15 MB of it are free/),
  });
  const begun = answers.find((answer) => answer.status === 'fulfilled')!;
  await dropUpload(database.context(greedy), { uploadId: begun.value });
  await finish(await sent({ purpose: 'film', name: 'b.mp4', bytes: aFilm(20 * megabyte) }, greedy), greedy);
  await expect(begin(20 * megabyte)).rejects.toMatchObject({ code: 'invalid' });
  const kept = await database.owner.query(
    'select sum(f.size_bytes) = u.size_bytes as agrees from files f join storage_use u using (owner_id) where owner_id = $1 group by u.size_bytes',
    [greedy.id],
  );
  expect(kept.rows).toEqual([{ agrees: true }]);
  await database.owner.query('delete from files where owner_id = $1', [greedy.id]);
  await begin(30 * megabyte);
  const admin = await aPerson(database, 'ADMIN');
  for (let count = 0; count < 3; count += 1) await begin(30 * megabyte, admin);
});

test('a name leads nowhere and has an end', async () => {
  const id = await sent({ purpose: 'resource', name: `../..\\etc/\0\r\n${'x'.repeat(300)}.pdf`, bytes: documentOf('name') });
  const { name } = await finish(id);
  expect(name).toMatch(/^x{196}\.pdf$/);
});

test('the night takes uploads that no byte came for in a day, and bytes that nobody waits for', async () => {
  const job = mediaJobs.find((job) => job.name === 'media.sweepUploads')!;
  const night = (now: Date) => (job.handler as (ctx: Context) => Promise<void>)({ ...systemContext(), now });
  const { folder } = runtime().config.uploads;
  const lost = join(folder, newId());
  await writeFile(lost, 'bytes of an upload that was given up elsewhere');
  const id = await sent({ purpose: 'film', name: 'slow.mp4', bytes: film });
  await night(new Date(Date.now() + 23 * hourMs));
  expect([existsSync(stagingPath(id)), existsSync(lost)]).toEqual([true, true]);
  await night(new Date(Date.now() + 25 * hourMs));
  expect([existsSync(stagingPath(id)), existsSync(lost)]).toEqual([false, false]);
  await expect(finish(id)).rejects.toMatchObject({ code: 'not-found' });
});

test('the night takes uploaded files that nothing uses after a week; what a row or a text names stays', async () => {
  const job = mediaJobs.find((job) => job.name === 'media.sweepUploads')!;
  const picture = async (color: string) => {
    const bytes = await sharp({ create: { width: 700, height: 50, channels: 3, background: color } })
      .png()
      .toBuffer();
    return finish(await sent({ purpose: 'image', name: `${color}.png`, bytes }));
  };
  const [cover, inText, unused] = [await picture('#f00'), await picture('#0f0'), await picture('#00f')];
  const handout = await finish(await sent({ purpose: 'resource', name: 'handout.pdf', bytes: documentOf('for the night') }));
  const course = await aCourse(database, { instructorId: ada.id, chapters: [{ lessons: [{ html: `<img src="${inText.url}">` }] }] });
  await database.owner.query('update courses set image_file_id = $1 where id = $2', [cover.id, course.id]);
  const { rows: variants } = await database.owner.query('select variants from files where id = $1', [unused.id]);
  const left = async () =>
    (await database.owner.query('select name from files where id = any($1)', [[cover.id, inText.id, unused.id, handout.id]])).rows
      .map(({ name }) => name)
      .sort();
  const at = (days: number) => ({ ...systemContext(), now: new Date(database.context().now.getTime() + days * 24 * hourMs) });
  await (job.handler as (ctx: Context) => Promise<void>)(at(6));
  expect(await left()).toEqual(['#00f.png', '#0f0.png', '#f00.png', 'handout.pdf']);
  await (job.handler as (ctx: Context) => Promise<void>)(at(8));
  expect(await left()).toEqual(['#0f0.png', '#f00.png']);
  await school.runJobs();
  const keys = [unused.key, handout.key, ...variants[0].variants.map((variant: { key: string }) => variant.key)];
  expect(await Promise.all(keys.map((key) => runtime().storage.exists(key)))).toEqual(keys.map(() => false));
  expect(await runtime().storage.exists(inText.key)).toBe(true);
});
