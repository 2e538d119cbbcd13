import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { unzip } from '../../../../tests/support/unzip.ts';
import { exportCourse, importCourse } from '../index.server.ts';
import { archiveSchool } from '../testing/archives.ts';
import { picture } from '../testing/sailing.ts';
import { smallOlx } from '../testing/small-olx.ts';

const { school, folderOf, rows, anInstructor, exported, importChanged } = archiveSchool();

test('an archive that is newer, damaged or cut off is refused in words, and nothing comes in', async () => {
  const ctx = await anInstructor();
  const { course } = await importCourse(ctx, { path: folderOf('olx', smallOlx(picture)).path });
  const { bytes } = await exported(ctx, course.slug);
  const files = await unzip(bytes);
  const document = JSON.parse(Buffer.from(files.get('course.json')!).toString());
  const other = await anInstructor();
  const attempt = (change: (all: Map<string, Uint8Array>) => void) => importChanged(other, files, change);
  const withDocument = (changed: object) => (all: Map<string, Uint8Array>) => all.set('course.json', Buffer.from(JSON.stringify(changed)));
  const [file] = [...files.keys()].filter((name) => /^files\/[0-9a-f]+$/.test(name));
  await expect(attempt(withDocument({ ...document, version: 99 }))).rejects.toThrow('written by a newer Lyceum (version 99');
  await expect(attempt(withDocument({ ...document, chapters: [{}] }))).rejects.toThrow('does not say what it should at chapters.0');
  await expect(attempt((all) => all.set(file!, Buffer.from('other')))).rejects.toThrow('is not what it was. Export the course again');
  await expect(attempt((all) => all.delete(file!))).rejects.toThrow('is missing. Export the course again');
  const cut = join(folderOf('cut', { 'a.zip': bytes.subarray(0, bytes.length - 400) }).path, 'a.zip');
  await expect(importCourse(other, { path: cut })).rejects.toThrow('cannot be read as a zip');
  expect(await rows('select from courses where instructor_id = $1', (other.actor as { id: string }).id)).toEqual([]);
});

test('what an archive says cannot carry a program into a page, nor a stranger’s file', async () => {
  const ctx = await anInstructor();
  const { course } = await importCourse(ctx, { path: folderOf('olx', smallOlx(picture)).path });
  const files = await unzip((await exported(ctx, course.slug)).bytes);
  const document = JSON.parse(Buffer.from(files.get('course.json')!).toString());
  document.chapters[0].lessons[0].content = '<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))';
  const report = await importChanged(await anInstructor(), files, (all) => all.set('course.json', Buffer.from(JSON.stringify(document))));
  const texts = await rows<{ html: string }>('select content_html as html from lessons where course_id = $1', report.course.id);
  expect(texts.map(({ html }) => html).join('')).not.toMatch(/<script|<img src="x"|href="javascript/);
});

test('who goes away in the middle of an archive, or meets a file whose bytes are lost, ends the packing and nothing else', async () => {
  const ctx = await anInstructor();
  const { course } = await importCourse(ctx, { path: folderOf('olx', smallOlx(picture)).path });
  for (const reason of [undefined, new Error('gone')]) {
    const { content } = await exportCourse(ctx, { courseSlug: course.slug });
    for await (const _ of content) {
      content.destroy(reason);
      break;
    }
  }
  const [file] = await rows<{ key: string }>('select key from files where owner_id = $1 limit 1', (ctx.actor as { id: string }).id);
  await runtime().storage.delete(file!.key);
  const { content } = await exportCourse(ctx, { courseSlug: course.slug });
  await expect(buffer(content)).rejects.toThrow();
});

test('who may not change a course does not get its archive', async () => {
  const ctx = await anInstructor();
  const { course } = await importCourse(ctx, { path: folderOf('olx', smallOlx(picture)).path, publish: true });
  for (const stranger of [await anInstructor(), school.database.context(await aPerson(school.database)), school.database.context()])
    await expect(exportCourse(stranger, { courseSlug: course.slug })).rejects.toThrow('no such course among yours');
});
