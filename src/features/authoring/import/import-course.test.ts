import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { guest } from '../../../../tests/support/database.ts';
import { videoForPlayer } from '../../../../tests/support/video-for-player.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { openFile } from '../../media/index.server.ts';
import { importCourse } from '../index.server.ts';
import { importer } from '../testing/importer.ts';
import { sailingFolder } from '../testing/sailing.ts';

const importing = importer();
const { school, folderOf, rows, lessonsOf } = importing;

test('a folder becomes a course: folders are chapters, files are lessons, and all they show is there', async () => {
  const folder = folderOf('sailing', sailingFolder());
  const report = await importCourse(importing.ctx, { path: folder.path, publish: true });
  expect(report).toMatchObject({
    format: 'Markdown',
    outcome: 'created',
    publishing: { kind: 'published' },
    counts: { chapters: 2, lessons: 3, pictures: 2, attachments: 1, videos: 1 },
  });
  expect(report.leftOut).toEqual([{ path: 'course', what: 'there is no category “Sport”' }]);
  expect(report.chapters.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.title)])).toEqual([
    ['Before the boat', ['Words on board', 'Knots that hold']],
    ['Water', ['Wind']],
  ]);
  const [stored] = await rows(
    'select title, status, level, tags, objectives, requirements, description, subtitle, is_free, lesson_count, image_file_id is not null as cover from courses where id = $1',
    report.course.id,
  );
  expect(stored).toEqual({
    title: 'Sailing',
    status: 'PUBLISHED',
    level: 'INTERMEDIATE',
    tags: ['boats', 'wind'],
    objectives: ['Knots', 'Wind'],
    requirements: ['Swim'],
    description: 'Learn to *sail*.',
    subtitle: 'Learn to sail.',
    is_free: true,
    lesson_count: 3,
    cover: true,
  });

  const [words, knots, wind] = await lessonsOf(report.course.id);
  expect(words?.html).toContain('<a href="#s-stern">Back</a>');
  expect(knots).toMatchObject({ slug: 'knots-that-hold', visibility: 'PREVIEW', type: 'TEXT', seconds: 60 });
  expect(knots?.content).toContain(`[the wind](lesson:${wind?.id}#true-wind)`);
  expect(knots?.html).toContain('<a href="/learn/sailing/wind#s-true-wind">the wind</a>');
  expect(knots?.html).toContain('<span class="tok-keyword">const</span>');
  const [, image] = /<img src="\/files\/([^"]+)" width="30" height="20" alt="A bowline"/.exec(knots?.html ?? '') ?? [];
  expect(await openFile(school.database.context(guest), { key: image!, until: null, seal: null })).toMatchObject({
    contentType: 'image/webp',
    name: 'knot.png',
  });
  const [, chart] = /<a href="\/files\/([^"]+)">chart/.exec(knots?.html ?? '') ?? [];
  expect(await openFile(school.database.context(guest), { key: chart!, until: null, seal: null })).toMatchObject({
    contentType: 'application/pdf',
    name: 'chart.pdf',
  });

  expect(wind).toMatchObject({ type: 'VIDEO', seconds: 62 });
  expect(wind?.html).toContain('callout-warning');
  const video = await videoForPlayer(importing.ctx, { videoId: wind!.videoId! });
  expect(video).toMatchObject({
    provider: 'FILE',
    contentType: 'video/mp4',
    durationSeconds: 62,
    width: 640,
    height: 360,
    captions: [{ language: 'de', label: 'German' }],
  });
  expect(video).toHaveProperty('poster', expect.stringMatching(/^\/files\/.*webp$/));
  expect(video).toHaveProperty('src', expect.stringContaining('seal='));
});

test('what a lesson cannot bring along is said in a line, and the rest comes in', async () => {
  const folder = folderOf('rough', {
    'good.md':
      '# Good\n\n![x](missing.png) ![y](../../etc/passwd.png) ![z](https://far.test/z.png) ![s](s.svg) ![w](w.png) [out](../../../etc/passwd)\n',
    's.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'w.png': 'words, not a picture',
    'latin1.md': Buffer.from([0x23, 0x20, 0xe9]),
    'yaml.md': '---\ntitle: [\n---\n# X\n',
    'empty.md': '\n',
    'film.md': '---\nvideo: nowhere.mp4\n---\n# Film\n\ntext',
    'tube.md': '---\nvideo: https://youtu.be/dQw4w9WgXcQ\n---\n# Tube\n\ntext',
    'unused.txt': 'nobody names me',
  });
  const report = await importCourse(importing.ctx, { path: folder.path });
  expect(report.counts).toMatchObject({ lessons: 3, pictures: 0, videos: 0 });
  const said = report.leftOut.map(({ path, what }) => `${path}: ${what}`);
  for (const line of [
    /^good\.md: the picture missing\.png is missing/,
    /^good\.md: the picture \.\.\/\.\.\/etc\/passwd\.png leads out of the folder/,
    /^good\.md: the picture https:\/\/far\.test\/z\.png lies on another site/,
    /^good\.md: the link \.\.\/\.\.\/\.\.\/etc\/passwd leads out of the folder/,
    /^s\.svg: SVG/,
    /^w\.png: This is no picture/,
    /^latin1\.md: broken: not UTF-8 text/,
    /^yaml\.md: broken: the front matter does not parse/,
    /^empty\.md: empty/,
    /^film\.md: the video nowhere\.mp4 is missing/,
    /^tube\.md: the video .* needs a “duration”/,
    /^unused\.txt: no text names it/,
  ]) {
    expect(
      said.filter((text) => line.test(text)),
      String(line),
    ).toHaveLength(1);
  }
  const [good] = (await lessonsOf(report.course.id)).filter((lesson) => lesson.title === 'Good');
  expect(good?.html).toBe('<p>x y <a href="https://far.test/z.png" rel="noopener nofollow">z</a> s w <a>out</a></p>');
});

const odin = '../shared/fixtures/markdown/odin-javascript';

test.skipIf(!existsSync(odin))(
  'a real course comes in: seven chapters, 38 lessons, its far pictures from beside the text, its links to its own lessons',
  async () => {
    const report = await importCourse(importing.ctx, { path: odin, publish: true });
    expect(report).toMatchObject({
      outcome: 'created',
      publishing: { kind: 'published' },
      counts: { chapters: 7, lessons: 38, pictures: 5 },
      leftOut: [],
    });
    const lessons = await lessonsOf(report.course.id);
    const html = lessons.map((lesson) => lesson.html).join('\n');
    expect(html.match(/<img /g)).toHaveLength(5);
    expect(html).not.toMatch(/<div class="lesson|markdown=|style=|statically\.io|&lt;div class="lesson/);
    const slugs = new Set(lessons.map((lesson) => lesson.slug));
    const inner = [...html.matchAll(/href="\/learn\/odin-javascript\/([^"#]+)/g)].map((match) => match[1]!);
    expect(inner.length).toBeGreaterThanOrEqual(8);
    for (const slug of inner) expect(slugs).toContain(slug);
    for (const lesson of lessons) {
      for (const [, id] of lesson.html.matchAll(/href="#([^"]+)"/g))
        expect(lesson.html, `${lesson.slug} #${id}`).toContain(`id="${decodeURIComponent(id!)}"`);
    }
  },
);

test.skipIf(!existsSync(odin))('a zip of that course is the same course', async () => {
  const files = readdirSync(odin, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const entries = files.map((entry) => ({
    name: relative(odin, join(entry.parentPath, entry.name)),
    content: readFileSync(join(entry.parentPath, entry.name)),
  }));
  const first = await importCourse(importing.ctx, { path: odin });
  const folder = folderOf('zips', { 'odin-javascript.zip': zip(entries) });
  expect(await importCourse(importing.ctx, { path: join(folder.path, 'odin-javascript.zip') })).toMatchObject({
    outcome: 'unchanged',
    course: first.course,
  });
});

test('courses to be finished first are named by the end of their address; what is none is a requirement, and circles are left out', async () => {
  const named = (id: string, prerequisites: string) =>
    folderOf(id, { 'course.md': `---\ntitle: ${id}\nprerequisites: ${prerequisites}\n---\n`, '01-a/01-b.md': '# B\n\nText.\n' });
  const first = await importCourse(importing.ctx, { path: named('Rowing basics', '[A calm sea]').path, publish: true });
  const second = named('Rowing far', `[${first.course.slug}, no-such-course, A calm sea]`);
  const report = await importCourse(importing.ctx, { path: second.path, publish: true });
  expect(report.leftOut).toEqual([{ path: 'course', what: 'there is no course “no-such-course” to be finished first' }]);
  const asked = () => rows('select prerequisite_id as id from course_prerequisites where course_id = $1', report.course.id);
  expect(await asked()).toEqual([{ id: first.course.id }]);
  expect(await rows('select requirements from courses where id = $1', report.course.id)).toEqual([{ requirements: ['A calm sea'] }]);
  expect((await importCourse(importing.ctx, { path: second.path, publish: true })).outcome).toBe('unchanged');
  const back = await importCourse(importing.ctx, { path: named('Rowing basics', `[${report.course.slug}]`).path, publish: true });
  expect(back.leftOut).toEqual([{ path: 'course', what: `“${report.course.slug}” cannot come first: it asks for this course itself` }]);
  expect(await asked()).toHaveLength(1);
});
