import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import { makeFolder, type TestFolder } from '../../../../tests/support/folder.ts';
import { manifestOf, type PackageWish, scormZip } from '../../../../tests/support/packages.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { prepareFile, recordFiles } from '../../media/index.server.ts';
import { openPackageFile, playSeal, sweepPackagesJob } from '../../packages/index.server.ts';
import { importCourse, importNow, lessonOfTeam, putPackage, undoImport } from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let ina: Actor & { kind: 'person' };
let ctx: Context;
let course: MadeCourse;
const folders: TestFolder[] = [];

beforeEach(async () => {
  ina = await aPerson(database, 'INSTRUCTOR');
  ctx = database.context(ina);
  course = await aCourse(database, { instructorId: ina.id, chapters: [{ lessons: [{}] }] });
});
afterAll(async () => {
  for (const folder of folders) folder.remove();
  await runtime().storage.deleteAll('');
});

const address = () => ({ courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });
const rows = async <Row extends object>(sql: string, ...values: unknown[]) => (await database.owner.query<Row>(sql, values)).rows;
const keys = async () =>
  [...(await runtime().storage.listAll('', { recursive: true })).objects]
    .map((object) => ('key' in object ? object.key : ''))
    .filter((key) => key.startsWith('packages/'))
    .sort();
const unpacked = () => readdirSync(tmpdir()).filter((name) => name.startsWith('lyceum-import-')).length;

/** A package as an upload leaves it. */
async function uploaded(bytes: Uint8Array, of = ina, name = 'package.zip'): Promise<string> {
  const as = database.context(of);
  const content = Readable.from([Buffer.from(bytes)]);
  const file = await prepareFile(as, { content, name, ownerId: of.id as UserId, visibility: 'PRIVATE', largestBytes: 1e9 });
  return (await recordFiles(as, [file])).get(file.key)!;
}
const put = async (wish: PackageWish = {}) => putPackage(ctx, { ...address(), fileId: await uploaded(scormZip(wish)) });

async function textOf(path: string, edition = 1): Promise<string> {
  const seal = playSeal(ctx, { lessonId: course.lessons[0]!.id, edition, viewerId: null, records: false });
  const file = await openPackageFile(database.context(guest), { seal, path });
  const chunks: Buffer[] = [];
  for await (const chunk of file.read({ start: 0, end: file.sizeBytes - 1 })) chunks.push(chunk);
  return `${file.contentType}: ${Buffer.concat(chunks)}`;
}

describe('a package in a lesson', () => {
  test('makes it one that plays, with every file under its own path', async () => {
    expect(await put({ title: 'Knots', files: { 'img/a b.svg': '<svg/>', 'one.html': '<h1>One</h1>' } })).toBe(true);
    expect(await lessonOfTeam(ctx, address())).toMatchObject({
      type: 'PACKAGE',
      package: { title: 'Knots', edition: 1, partCount: 1, fileCount: 3 },
    });
    expect(await textOf('one.html')).toBe('text/html: <h1>One</h1>');
    expect(await textOf('img/a b.svg')).toBe('image/svg+xml: <svg/>');
    for (const path of ['nothing.html', '../one.html', 'img/../one.html', '', 'IMSMANIFEST.XML'])
      await expect(textOf(path)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is the same when it is put in again, and another edition when it is not; addresses of the old one end', async () => {
    await put();
    expect(await put()).toBe(false);
    expect(await put({ files: { 'two.html': 'new' } })).toBe(true);
    expect((await lessonOfTeam(ctx, address())).package).toMatchObject({ edition: 2, fileCount: 3 });
    await expect(textOf('one.html', 1)).rejects.toMatchObject({ code: 'not-found' });
    expect(await textOf('two.html', 2)).toContain('new');
  });

  test('is not for somebody else’s lesson, nor made of somebody else’s upload', async () => {
    const other = await aPerson(database, 'INSTRUCTOR');
    const mine = await uploaded(scormZip());
    const theirs = await uploaded(scormZip(), other);
    await expect(putPackage(database.context(other), { ...address(), fileId: theirs })).rejects.toMatchObject({ code: 'not-found' });
    await expect(putPackage(ctx, { ...address(), fileId: theirs })).rejects.toMatchObject({ code: 'invalid' });
    await expect(putPackage(database.context(guest), { ...address(), fileId: mine })).rejects.toMatchObject({ code: 'not-found' });
    expect(await rows('select from packages where lesson_id = $1', course.lessons[0]!.id)).toEqual([]);
  });
});

describe('refused with the reason, and nothing of it stays', () => {
  const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `f${index}.txt`, content: '' }));
  test.each([
    ['no package', () => zip([{ name: 'a.html', content: 'x' }]), 'no imsmanifest.xml in it'],
    ['a broken manifest', () => scormZip({ manifest: '<?xml version="1.0" encoding="UTF-8"?>' }), 'not well-formed'],
    [
      'an entity',
      () => scormZip({ manifest: '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><manifest>&a;</manifest>' }),
      'declares a document type',
    ],
    [
      'a manifest in another encoding than it says',
      () => scormZip({ manifest: '<?xml version="1.0" encoding="utf-16"?><manifest/>' }),
      /encoding|well-formed/,
    ],
    ['a path that climbs', () => scormZip({ more: [{ name: '../../evil.html', content: 'x' }] }), 'leads out of it'],
    ['a bomb', () => scormZip({ more: [{ name: 'bomb.bin', content: Buffer.alloc(64 * 1024 * 1024) }] }), 'zip bomb'],
    ['more files than any real one', () => scormZip({ more: many }), 'more than 10000 files'],
    ['the player’s own place', () => scormZip({ more: [{ name: '-/player.js', content: 'x' }] }), 'a folder named “-”'],
  ])('%s', async (_, bytes, reason) => {
    const [before, folders] = [await keys(), unpacked()];
    const fileId = await uploaded(bytes());
    await expect(putPackage(ctx, { ...address(), fileId })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(reason),
    });
    expect(await keys()).toEqual(before);
    expect(unpacked()).toBe(folders);
    expect((await lessonOfTeam(ctx, address())).type).toBe('TEXT');
  });

  test('a symbolic link is no file of the package', async () => {
    const items = [{ id: 'a', title: 'A', file: 'secret.html' }];
    const bytes = zip([
      { name: 'imsmanifest.xml', content: manifestOf({ items }) },
      { name: 'secret.html', content: '/etc/passwd', mode: 0o120777 },
    ]);
    await expect(putPackage(ctx, { ...address(), fileId: await uploaded(bytes) })).rejects.toMatchObject({
      message: expect.stringContaining('“secret.html” of “A” is not in the package'),
    });
  });
});

describe('imported', () => {
  function zipOf(name: string, wish: PackageWish): string {
    const folder = makeFolder('zips', { [name]: scormZip(wish) });
    folders.push(folder);
    return join(folder.path, name);
  }

  test('it is a course of one lesson that plays, with a word on every file; again it is unchanged, and a newer one takes its place', async () => {
    const wish = { title: 'Seamanship', identifier: 'sea' };
    const report = await importCourse(ctx, { path: zipOf('sea.zip', wish), publish: true });
    expect(report).toMatchObject({
      format: 'SCORM 1.2',
      outcome: 'created',
      course: { title: 'Seamanship' },
      counts: { chapters: 1, lessons: 1 },
      leftOut: [],
    });
    expect(report.cameIn.map(({ path }) => path)).toEqual(['imsmanifest.xml', 'one.html']);
    const [lesson] = await rows<{ id: string; type: string; seconds: number }>(
      'select id, type, duration_seconds as seconds from lessons where course_id = $1',
      report.course.id,
    );
    expect(lesson).toMatchObject({ type: 'PACKAGE', seconds: 0 });
    expect(await importCourse(ctx, { path: zipOf('sea.zip', wish) })).toMatchObject({ outcome: 'unchanged', course: report.course });
    const newer = await importCourse(ctx, { path: zipOf('sea.zip', { ...wish, files: { 'more.html': 'x' } }) });
    expect(newer).toMatchObject({ outcome: 'updated', course: report.course });
    expect(await rows('select edition from packages where lesson_id = $1', lesson!.id)).toEqual([{ edition: 2 }]);
  });

  test('another package in a file of the same name is not this one again', async () => {
    await importCourse(ctx, { path: zipOf('course.zip', { title: 'One thing', identifier: 'one' }) });
    await expect(importCourse(ctx, { path: zipOf('course.zip', { title: 'Another', identifier: 'two' }) })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('a failed import leaves no byte', async () => {
    const before = await keys();
    const broken = zipOf('bad.zip', { title: 'x'.repeat(50), items: [{ id: 'a', title: 'A', file: 'https://evil.example' }] });
    await expect(importCourse(ctx, { path: broken })).rejects.toMatchObject({ code: 'invalid' });
    expect(await keys()).toEqual(before);
  });

  test('an import that exchanged the package can be undone', async () => {
    const run = async (wish: PackageWish) =>
      (await importNow(ctx, { path: zipOf('undo.zip', { identifier: 'undo', title: 'Undone', ...wish }) })).importId;
    await run({});
    const packages = () =>
      rows(
        'select p.* from packages p join lessons l on l.id = p.lesson_id join courses c on c.id = l.course_id where c.instructor_id = $1',
        ina.id,
      );
    const before = await packages();
    expect(before).toHaveLength(1);
    const second = await run({ files: { 'more.html': 'x' } });
    expect(await packages()).not.toEqual(before);
    expect(await undoImport(ctx, { importId: second })).toEqual({ kind: 'undone' });
    expect(await packages()).toEqual(before);
  });
});

test('bytes that no lesson names are swept after a day, and no others', async () => {
  await put({ files: { 'kept.txt': 'kept', 'gone.txt': 'gone' } });
  await put({ files: { 'kept.txt': 'kept' } });
  const program = (hours: number) => database.context(system, new Date(Date.now() + hours * 3600 * 1000));
  const before = await keys();
  await sweepPackagesJob.handler(program(2), {});
  expect(await keys()).toEqual(before);
  await sweepPackagesJob.handler(program(48), {});
  const named = (await rows<{ key: string }>('select distinct key from package_files order by 1')).map(({ key }) => key);
  expect((await keys()).length).toBeLessThan(before.length);
  expect(await keys()).toEqual(named);
});

const fixtures = '../shared/fixtures/scorm';

test.skipIf(!existsSync(fixtures))('the golf packages come in whole', async () => {
  const single = await importCourse(ctx, { path: `${fixtures}/singlescobasic.zip` });
  expect(single).toMatchObject({ course: { title: 'Golf Explained - Run-time Basic Calls' }, leftOut: [] });
  const mini = await importCourse(ctx, { path: `${fixtures}/RuntimeMinimumCalls_SCORM12-mini.zip` });
  const [found] = await rows<{ parts: { title: string; heading: string; href: string }[]; files: number }>(
    'select k.parts, k.file_count as files from packages k join lessons l on l.id = k.lesson_id where l.course_id = $1',
    mini.course.id,
  );
  expect(found?.files).toBe(28);
  expect(found?.parts).toHaveLength(9);
  expect(found?.parts.at(-1)).toMatchObject({
    title: 'Having Fun Quiz',
    heading: 'Having Fun',
    href: 'shared/assessmenttemplate.html?questions=HavingFun',
  });
});
