import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { ChapterId, LessonId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { mp4 } from '../../../../tests/support/films.ts';
import { scormZip } from '../../../../tests/support/packages.ts';
import { unzip } from '../../../../tests/support/unzip.ts';
import { removeChapter, removeLesson } from '../../catalogue/index.server.ts';
import { openPackageFile, playSeal } from '../../packages/index.server.ts';
import { importCourse } from '../index.server.ts';
import { archiveSchool } from '../testing/archives.ts';
import { smallOlx } from '../testing/small-olx.ts';

const { school, folderOf, rows, anInstructor, exported, importChanged, comesBackTheSame, lessonsOf } = archiveSchool();

const picture = await sharp({ create: { width: 1500, height: 900, channels: 3, background: '#37c' } })
  .png()
  .toBuffer();

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
      '2/README.md': '---\nvideo: https://youtu.be/dQw4w9WgXcQ\nduration: 40\n---\n\n# On land\n\nHere.\n',
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
  const broken = async (change: (all: Map<string, Uint8Array>) => void) => importChanged(await anInstructor(), packed, change);
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
