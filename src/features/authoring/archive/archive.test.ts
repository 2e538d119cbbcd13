import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Context } from '#platform/context.ts';
import type { ChapterId, LessonId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { mp4 } from '../../../../tests/support/films.ts';
import { importSchool } from '../../../../tests/support/import-school.ts';
import { scormZip } from '../../../../tests/support/packages.ts';
import { unzip } from '../../../../tests/support/unzip.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { removeChapter, removeLesson } from '../../catalogue/index.server.ts';
import { openPackageFile, playSeal } from '../../packages/index.server.ts';
import { exportCourse, importCourse } from '../index.server.ts';
import { smallOlx } from '../testing/small-olx.ts';

const { school, folderOf, rows } = importSchool();

const picture = await sharp({ create: { width: 1500, height: 900, channels: 3, background: '#37c' } })
  .png()
  .toBuffer();

async function anInstructor(): Promise<Context> {
  return school.database.context(await aPerson(school.database, 'INSTRUCTOR'), new Date());
}

/** A course's archive as a file of this machine. */
async function exported(ctx: Context, courseSlug: string): Promise<{ path: string; bytes: Buffer }> {
  const { name, content } = await exportCourse(ctx, { courseSlug });
  const bytes = await buffer(content);
  const path = join(folderOf('archives', {}).path, name);
  await writeFile(path, bytes);
  return { path, bytes };
}

/** Every row and file of a course, with ids, people and moments aside. */
async function contentOf(courseId: string): Promise<unknown> {
  const tables: Record<string, string> = {
    courses: 'id = $1',
    chapters: 'course_id = $1',
    lessons: 'course_id = $1',
    course_categories: 'course_id = $1',
    course_prerequisites: 'course_id = $1',
    resources: 'lesson_id in (select id from lessons where course_id = $1)',
    live_sessions: 'lesson_id in (select id from lessons where course_id = $1)',
    quizzes: 'lesson_id in (select id from lessons where course_id = $1)',
    assignments: 'lesson_id in (select id from lessons where course_id = $1)',
    packages: 'lesson_id in (select id from lessons where course_id = $1)',
    prices: 'product_id in (select id from products where course_id = $1)',
    package_files: 'lesson_id in (select id from lessons where course_id = $1)',
    questions: 'quiz_id in (select z.id from quizzes z join lessons l on l.id = z.lesson_id where l.course_id = $1)',
    quiz_questions: 'quiz_id in (select z.id from quizzes z join lessons l on l.id = z.lesson_id where l.course_id = $1)',
    videos: 'id in (select video_id from lessons where course_id = $1 union select preview_video_id from courses where id = $1)',
    captions: 'video_id in (select video_id from lessons where course_id = $1 union select preview_video_id from courses where id = $1)',
    files: `id in (select image_file_id from courses where id = $1 union select image_file_id from lessons where course_id = $1
      union select r.file_id from resources r join lessons l on l.id = r.lesson_id where l.course_id = $1
      union select file_id from videos where id in (select video_id from lessons where course_id = $1 union select preview_video_id from courses where id = $1)
      union select poster_file_id from videos where id in (select video_id from lessons where course_id = $1)
      union select c.file_id from captions c join lessons l on l.video_id = c.video_id where l.course_id = $1)
      or exists (select from lessons l where l.course_id = $1 and position(files.key in l.content) > 0)`,
  };
  const content: Record<string, unknown> = {};
  for (const [name, condition] of Object.entries(tables)) {
    const found = await rows<{ row: Record<string, unknown> }>(`select to_jsonb(${name}) as row from ${name} where ${condition}`, courseId);
    const plain = await Promise.all(found.map(({ row }) => withoutIds(name, row)));
    content[name] = plain.map((row) => JSON.stringify(row)).sort();
  }
  return content;
}

// What is counted is made anew: rows that this test writes by hand were not counted.
const aside =
  /^(id|.*_id|created_at|updated_at|slug|search|status|published_at|import_key|source_path|.*_count|duration_minutes|revenue|rating_average|version|storage|featured)$/;

async function withoutIds(table: string, row: Record<string, unknown>): Promise<unknown> {
  const kept = Object.entries(row).filter(
    ([name]) => (!aside.test(name) || (table === 'lessons' && name === 'slug')) && !(table === 'chapters' && name === 'duration_seconds'),
  );
  const words = JSON.stringify(Object.fromEntries(kept), (name, value) => (name === 'key' ? undefined : value))
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
    .replace(/\/files\/[0-9a-f]{2}\/[0-9a-f]+(-\d+)?/g, '/files/key')
    .replace(/\/learn\/[a-z0-9-]+\//g, '/learn/course/');
  if (table === 'package_files') return [words, row.key];
  return table === 'files' ? [words, await bytesOf(row)] : words;
}

async function bytesOf(row: Record<string, unknown>): Promise<string[]> {
  const keys = [String(row.key), ...(row.variants as { key: string }[]).map((variant) => variant.key)];
  return Promise.all(
    keys.map(async (key) =>
      Buffer.from(await runtime().storage.getBytes(key))
        .toString('base64')
        .slice(0, 400),
    ),
  );
}

async function comesBackTheSame(ctx: Context, course: { id: string; slug: string }): Promise<void> {
  const { path } = await exported(ctx, course.slug);
  const report = await importCourse(await anInstructor(), { path });
  expect(report).toMatchObject({ format: 'Lyceum', outcome: 'created', leftOut: [] });
  expect(await contentOf(report.course.id)).toEqual(await contentOf(course.id));
}

test('a course with everything in it goes out and comes back, to the last row and byte', async () => {
  const ctx = await anInstructor();
  await school.database.owner.query(
    "insert into categories (id, name, slug) values (gen_random_uuid(), 'Sport', 'sport'), (gen_random_uuid(), 'Water', 'water')",
  );
  const basics = await importCourse(ctx, {
    path: folderOf('basics', { 'course.md': '# Basics\n', 'a.md': '# A\n\nB.\n' }).path,
    publish: true,
  });
  const { course } = await importCourse(ctx, {
    path: folderOf('sailing', {
      'course.md': `---\ntitle: Sailing\nlevel: advanced\nlanguage: de\ntags: [boats]\nfeatures: [A boat]\nimage: cover.png\ncategories: [Water, Sport]\nprerequisites: [${basics.course.slug}]\ntrailer: trailer.mp4\nfaq:\n  - question: Wet?\n    answer: "*Yes*."\n---\n\nLearn to *sail*.\n\n## What you will learn\n\n- Knots\n\n## Requirements\n\n- Swim\n`,
      'cover.png': picture,
      'trailer.mp4': mp4({ seconds: 12.4, width: 320, height: 180 }),
      '1/1-wind.md': '---\nvideo: wind.mp4\npreview: true\n---\n\n# Wind\n\n[Waves](2-waves.md#high) ![A boat](../cover.png)\n',
      '1/wind.mp4': mp4({ seconds: 61.4, width: 640, height: 360 }),
      '1/wind.de.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\nWind\n',
      '1/wind.png': picture,
      '1/2-waves.md': '---\nrequired: false\ndescription: How they break\n---\n\n# Waves\n\n## High\n\n[Chart](chart.pdf)\n',
      '1/chart.pdf': '%PDF-1.4 chart',
      '2/README.md': '# On land\n\nHere.\n',
      '2/far.md': '---\nvideo: https://www.youtube.com/watch?v=8J4WuMdKCDM\nduration: 95\npublished: false\n---\n\n# Far\n',
    }).path,
    publish: true,
  });
  const [lesson] = await rows<{ id: string; chapterId: string }>(
    'select id, chapter_id as "chapterId" from lessons where course_id = $1 and title = $2',
    course.id,
    'Waves',
  );
  const [chart] = await rows<{ id: string }>("select id from files where name = 'chart.pdf'");
  await school.database.owner.query(
    `update courses set meta_title = 'Sail', meta_description = 'Well', completion_requires_quizzes = true, allows_manual_completion = false where id = '${course.id}';
     update chapters set release_after_days = 3, is_free = true, visibility = 'PRIVATE' where id = '${lesson!.chapterId}';
     update lessons set image_file_id = (select image_file_id from courses where id = '${course.id}'), visibility = 'PRIVATE' where id = '${lesson!.id}';
     insert into resources (id, lesson_id, title, type, file_id, url, size_bytes, position) values
       (gen_random_uuid(), '${lesson!.id}', 'The chart', 'PDF', '${chart!.id}', null, 14, 1), (gen_random_uuid(), '${lesson!.id}', 'Elsewhere', 'LINK', null, 'https://waves.test/', null, 2);
     insert into live_sessions (id, lesson_id, starts_at, duration_minutes, join_url) values (gen_random_uuid(), '${lesson!.id}', '2027-05-01T10:00:00Z', 60, 'https://meet.test/a');
     insert into assignments (id, lesson_id, title, instructions, instructions_html, due_at, rubric) values (gen_random_uuid(), '${lesson!.id}', 'Tie it', 'A *knot*.', '<p>A <em>knot</em>.</p>', '2027-05-01T10:00:00Z', '[{"points": 3}]');
     insert into products (id, type, owner_id, course_id, name, slug) select '${course.id}', 'COURSE', instructor_id, id, title, slug from courses where id = '${course.id}';
     insert into prices (id, product_id, currency, amount, discount_amount, discount_starts_at, access_days) values
       (gen_random_uuid(), '${course.id}', 'EUR', 4900, 3900, '2027-05-01T10:00:00.250Z', 365), (gen_random_uuid(), '${course.id}', 'JPY', 7000, null, null, null);`,
  );
  await comesBackTheSame(ctx, course);
});

test('quizzes with all their questions and answers come back, too', async () => {
  const ctx = await anInstructor();
  const { course } = await importCourse(ctx, { path: folderOf('olx', smallOlx(picture)).path });
  await comesBackTheSame(ctx, course);
});

test('each course of the demo school goes out and comes back the same', async () => {
  const ctx = await anInstructor();
  const names = readdirSync('demo/courses', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(names.length).toBeGreaterThanOrEqual(12);
  for (const { name } of names) {
    const { course } = await importCourse(ctx, { path: join('demo/courses', name), publish: true });
    await comesBackTheSame(ctx, course);
  }
}, 300_000);

/** What a browser gets of a lesson's package. */
async function played(lessonId: string, path: string): Promise<string> {
  const ctx = school.database.context();
  const seal = playSeal(ctx, { lessonId, edition: 1, viewerId: null, records: false });
  const file = await openPackageFile(ctx, { seal, path });
  const content = file.sizeBytes === 0 ? '' : String(await buffer(file.read({ start: 0, end: file.sizeBytes - 1 })));
  return `${file.contentType}: ${content}`;
}

const lessonsOf = (courseId: string) =>
  rows<{ id: string; title: string }>('select id, title from lessons where course_id = $1 order by title', courseId);

test('a package goes out with all of its files and plays where it comes back', async () => {
  const ctx = await anInstructor();
  const files = { 'img/a b.svg': '<svg/>', 'empty.txt': '', 'same.svg': '<svg/>' };
  const source = folderOf('packages', { 'knots.zip': scormZip({ title: 'Knots', identifier: 'knots', files }) });
  const { course } = await importCourse(ctx, { path: join(source.path, 'knots.zip') });
  await comesBackTheSame(ctx, course);
  const { path, bytes } = await exported(ctx, course.slug);
  const other = await anInstructor();
  // Nothing of it is here any more but what the archive holds.
  await school.database.owner.query('delete from package_files');
  await runtime().storage.deleteAll('packages');
  const { course: copy } = await importCourse(other, { path });
  const [lesson] = await lessonsOf(copy.id);
  expect(await played(lesson!.id, 'img/a b.svg')).toBe('image/svg+xml: <svg/>');
  expect(await played(lesson!.id, 'empty.txt')).toBe('text/plain: ');
  expect(await played(lesson!.id, 'one.html')).toContain('<h1>One</h1>');
  expect(await importCourse(other, { path })).toMatchObject({ outcome: 'unchanged' });

  const packed = await unzip(bytes);
  const [page] = [...packed].find(([, content]) => Buffer.from(content).includes('<h1>One</h1>'))!;
  const broken = async (change: (all: Map<string, Uint8Array>) => void) => {
    const all = new Map(packed);
    change(all);
    const folder = folderOf('broken', { 'a.zip': zip([...all].map(([name, content]) => ({ name, content }))) });
    return importCourse(await anInstructor(), { path: join(folder.path, 'a.zip') });
  };
  await expect(broken((all) => all.set(page, Buffer.from('other')))).rejects.toThrow('of the lesson “Knots” is not what it was');
  await expect(broken((all) => all.delete(page))).rejects.toThrow('of the lesson “Knots” is missing');
  for (const evil of ['../one.html', '/one.html', 'a/./one.html', '-/player.js']) {
    const changed = (all: Map<string, Uint8Array>) => {
      const document = JSON.parse(Buffer.from(all.get('course.json')!).toString());
      document.chapters[0].lessons[0].package.push({ path: evil, file: page });
      all.set('course.json', Buffer.from(JSON.stringify(document)));
    };
    await expect(broken(changed)).rejects.toMatchObject({ code: 'invalid' });
  }
});

test('what was removed from the outline stays at home, with its files', async () => {
  const ctx = await anInstructor();
  const { course } = await importCourse(ctx, {
    path: folderOf('removed', {
      'course.md': '# Fields\n',
      '1/1-kept.md': '# Kept\n\n[On](2-gone.md)\n',
      '1/2-gone.md': '---\nvideo: gone.mp4\n---\n\n# Gone\n\n[Chart](chart.pdf)\n',
      '1/gone.mp4': mp4({ seconds: 3, width: 32, height: 18 }),
      '1/chart.pdf': '%PDF-1.4 chart of what is gone',
      '2/1-within.md': '# Within\n\nWords.\n',
    }).path,
  });
  const lessons = await lessonsOf(course.id);
  const [within] = await rows<{ id: string }>("select chapter_id as id from lessons where course_id = $1 and title = 'Within'", course.id);
  await removeLesson(ctx, { lessonId: lessons.find(({ title }) => title === 'Gone')!.id as LessonId });
  await removeChapter(ctx, { chapterId: within!.id as ChapterId });
  const { path, bytes } = await exported(ctx, course.slug);
  expect([...(await unzip(bytes)).keys()]).toEqual(['course.json']);
  const report = await importCourse(await anInstructor(), { path });
  expect((await lessonsOf(report.course.id)).map(({ title }) => title)).toEqual(['Kept']);
  expect(await rows('select from chapters where course_id = $1', report.course.id)).toHaveLength(1);
});

test('the same archive again changes nothing, and doubles nothing', async () => {
  const ctx = await anInstructor();
  const { course } = await importCourse(ctx, { path: folderOf('olx', smallOlx(picture)).path });
  const { path } = await exported(ctx, course.slug);
  const other = await anInstructor();
  const first = await importCourse(other, { path });
  expect(await importCourse(other, { path })).toMatchObject({ outcome: 'unchanged', course: first.course });
});

test('an archive that is newer, damaged or cut off is refused in words, and nothing comes in', async () => {
  const ctx = await anInstructor();
  const { course } = await importCourse(ctx, { path: folderOf('olx', smallOlx(picture)).path });
  const { bytes } = await exported(ctx, course.slug);
  const files = await unzip(bytes);
  const document = JSON.parse(Buffer.from(files.get('course.json')!).toString());
  const other = await anInstructor();
  const attempt = async (change: (all: Map<string, Uint8Array>) => void) => {
    const all = new Map(files);
    change(all);
    const folder = folderOf('broken', { 'a.zip': zip([...all].map(([name, content]) => ({ name, content }))) });
    return importCourse(other, { path: join(folder.path, 'a.zip') });
  };
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
  files.set('course.json', Buffer.from(JSON.stringify(document)));
  const folder = folderOf('evil', { 'a.zip': zip([...files].map(([name, content]) => ({ name, content }))) });
  const report = await importCourse(await anInstructor(), { path: join(folder.path, 'a.zip') });
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
