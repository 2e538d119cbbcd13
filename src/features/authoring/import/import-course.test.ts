import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import type { VideoId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, person } from '../../../../tests/support/database.ts';
import { mp4 } from '../../../../tests/support/films.ts';
import { importSchool } from '../../../../tests/support/import-school.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { openFile, videoForPlayerDangerouslyUnchecked } from '../../media/index.server.ts';
import { importCourse } from '../index.server.ts';

const { school, folderOf, rows } = importSchool();
let ina: Actor & { kind: 'person' };
let ctx: Context;

beforeEach(async () => {
  // An instructor for each test: what another test imported is not hers.
  ina = await aPerson(school.database, 'INSTRUCTOR');
  ctx = school.database.context(ina);
});
const lessonsOf = (courseId: string) =>
  rows<{
    id: string;
    title: string;
    slug: string;
    content: string;
    html: string;
    type: string;
    visibility: string;
    published: boolean;
    seconds: number;
    videoId: VideoId | null;
  }>(
    `select l.id, l.title, l.slug, l.content, l.content_html as html, l.type, l.visibility, l.published, l.duration_seconds as seconds, l.video_id as "videoId"
       from lessons l join chapters c on c.id = l.chapter_id where l.course_id = $1 order by c.position, l.position`,
    courseId,
  );
const storedKeys = async () =>
  [...(await runtime().storage.listAll('', { recursive: true })).objects].map((object) => ('key' in object ? object.key : '')).sort();
const footprint = async () => ({
  keys: await storedKeys(),
  rows: await rows(
    'select (select count(*) from courses) as courses, (select count(*) from files) as files, (select count(*) from videos) as videos',
  ),
});

const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#c33' } })
  .png()
  .toBuffer();

const course = () => ({
  'course.md':
    '---\ntitle: Sailing\nlevel: intermediate\ntags: [boats, wind]\nimage: cover.png\ncategories: [Sport]\n---\n\nLearn to *sail*.\n\n## What you will learn\n\n- Knots\n- Wind\n\n## Requirements\n\n1. Swim\n',
  'cover.png': picture,
  '01-start/README.md': '# Before the boat\n\nRead these first.\n',
  '01-start/02-knots.md':
    '---\ntitle: Knots that hold\npreview: true\n---\n\n![A bowline](imgs/knot.png) and [the wind](../02-water/wind.md#true-wind), a [chart](chart.pdf).\n\n```js\nconst knot = 1;\n```\n',
  '01-start/01-words.md': '# Words on board\n\n## Bow\n\nThe front. [Back](#stern)\n\n## Stern\n\nThe back.\n',
  '01-start/imgs/knot.png': picture,
  '01-start/chart.pdf': '%PDF-1.4 chart',
  '02-water/wind.md': '---\nvideo: wind.mp4\n---\n\n# Wind\n\n## True wind\n\n<div class="warning">\n\nMind the boom.\n\n</div>\n',
  '02-water/wind.mp4': mp4({ seconds: 61.4, width: 640, height: 360 }),
  '02-water/wind.de.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\nWind\n',
  '02-water/wind.png': picture,
});

test('a folder becomes a course: folders are chapters, files are lessons, and all they show is there', async () => {
  const folder = folderOf('sailing', course());
  const report = await importCourse(ctx, { path: folder.path, publish: true });
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
  const video = await videoForPlayerDangerouslyUnchecked(ctx, { videoId: wind!.videoId! });
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

test('the same folder again, and a zip of it, change nothing and double nothing', async () => {
  const folder = folderOf('sailing', course());
  const first = await importCourse(ctx, { path: folder.path });
  const before = await footprint();
  const again = await importCourse(ctx, { path: folder.path });
  expect(again).toMatchObject({ outcome: 'unchanged', course: first.course });
  folder.write({ '../sailing.zip': zip(Object.entries(course()).map(([name, content]) => ({ name: `sailing/${name}`, content }))) });
  const zipped = await importCourse(ctx, { path: `${folder.path}.zip` });
  expect(zipped).toMatchObject({ outcome: 'unchanged', course: first.course });
  expect(await footprint()).toEqual(before);
});

test('a changed source updates its lessons in place; what is gone is hidden, and nobody loses progress', async () => {
  const folder = folderOf('sailing', course());
  const { course: made } = await importCourse(ctx, { path: folder.path, publish: true });
  const before = await lessonsOf(made.id);
  rmSync(join(folder.path, '01-start/01-words.md'));
  renameSync(join(folder.path, '01-start/02-knots.md'), join(folder.path, '01-start/03-rope.md'));
  folder.write({
    '01-start/01-new.md': '# New\n\n[gone](01-words.md)',
    '02-water/wind.md': '---\nvideo: wind.mp4\n---\n\n# Wind and weather\n',
  });
  const report = await importCourse(ctx, { path: folder.path });
  expect(report.outcome).toBe('updated');
  expect(report.chapters.flatMap((chapter) => chapter.lessons.map(({ title, slug, outcome }) => [title, slug, outcome]))).toEqual([
    ['New', 'new', 'added'],
    ['Knots that hold', 'knots-that-hold', 'changed'],
    ['Wind and weather', 'wind', 'changed'],
  ]);
  expect(report.hidden).toEqual([{ title: 'Words on board', source: '01-start/01-words.md' }]);
  expect(report.leftOut.map((item) => item.what)).toContain('the link 01-words.md leads to a file that is missing: its words stay');
  const after = await lessonsOf(made.id);
  const known = (title: string, all: typeof before) => all.find((lesson) => lesson.title === title)?.id;
  expect(known('Knots that hold', after)).toBe(known('Knots that hold', before));
  expect(known('Wind and weather', after)).toBe(known('Wind', before));
  expect(after.find((lesson) => lesson.id === known('Words on board', before))).toMatchObject({ published: false });
  expect(await rows('select lesson_count from courses where id = $1', made.id)).toEqual([{ lesson_count: 3 }]);
});

test('a lesson whose file comes back is shown again', async () => {
  const folder = folderOf('back', { 'a.md': '# A\n\na', 'b.md': '# B\n\nb' });
  const { course: made } = await importCourse(ctx, { path: folder.path });
  const [a] = await lessonsOf(made.id);
  rmSync(join(folder.path, 'a.md'));
  await importCourse(ctx, { path: folder.path });
  folder.write({ 'a.md': '# A\n\na' });
  expect((await importCourse(ctx, { path: folder.path })).outcome).toBe('updated');
  expect((await lessonsOf(made.id))[0]).toMatchObject({ id: a?.id, published: true });
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
  const report = await importCourse(ctx, { path: folder.path });
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

test.each([
  [
    'whose own page is broken',
    { 'course.md': '---\ntitle: [\n---\n', 'a.md': '# A\n\na' },
    /course\.md: the front matter does not parse.*Nothing was imported/,
  ],
  ['with no lesson in it', { 'README.md': '# Only this', 'x.png': picture }, /No lesson can be made/],
  ['with nothing but broken lessons', { 'a.md': Buffer.from([0xff]), 'b.md': 'a\0' }, /No lesson can be made.*a\.md: broken/],
  ['of something else', { 'a.txt': 'words' }, /none of the formats/],
])('a folder %s is refused in one line and leaves nothing behind', async (_, files, message) => {
  const before = await footprint();
  await expect(importCourse(ctx, { path: folderOf('bad', files).path })).rejects.toThrow(message);
  expect(await footprint()).toEqual(before);
});

test('an import that fails halfway leaves no row and no byte', async () => {
  const before = await footprint();
  await school.database.owner.query(`create function refuse_wind() returns trigger language plpgsql as $$ begin if new.title = 'Wind' then raise exception 'the disk is full'; end if; return new; end $$;
    create trigger refuse_wind before insert or update on lessons for each row execute function refuse_wind()`);
  try {
    await expect(importCourse(ctx, { path: folderOf('sailing', course()).path })).rejects.toThrow(/the disk is full/);
  } finally {
    await school.database.owner.query('drop trigger refuse_wind on lessons; drop function refuse_wind');
  }
  expect(await footprint()).toEqual(before);
});

test('two imports of one folder at the same moment make one course', async () => {
  const folder = folderOf('twice', { 'a.md': '# A\n\na' });
  const reports = await Promise.all([importCourse(ctx, { path: folder.path }), importCourse(ctx, { path: folder.path })]);
  expect(reports[0].course.id).toBe(reports[1].course.id);
  expect(reports.map((report) => report.outcome).sort()).toEqual(['created', 'unchanged']);
});

test('another folder of the same name does not take the course’s place', async () => {
  await importCourse(ctx, { path: folderOf('course', { 'README.md': '# One\n', 'a.md': '# A\n\na' }).path });
  await expect(importCourse(ctx, { path: folderOf('course', { 'README.md': '# Two\n', 'b.md': '# B\n\nb' }).path })).rejects.toThrow(
    /“One” was imported from a source named “course”/,
  );
  const named = await importCourse(ctx, {
    path: folderOf('course', { 'README.md': '---\nid: second\n---\n# Two\n', 'b.md': '# B\n\nb' }).path,
  });
  expect(named.outcome).toBe('created');
});

test('an update leaves alone what the source does not say', async () => {
  const folder = folderOf('plain', { 'a.md': '# A\n\na' });
  const { course: made } = await importCourse(ctx, { path: folder.path, title: 'Chosen title' });
  await school.database.owner.query("update courses set subtitle = 'By hand', level = 'EXPERT', is_free = false where id = $1", [made.id]);
  expect(await importCourse(ctx, { path: folder.path })).toMatchObject({ outcome: 'unchanged', course: { title: 'Chosen title' } });
  expect(await rows('select title, subtitle, level, is_free from courses where id = $1', made.id)).toEqual([
    { title: 'Chosen title', subtitle: 'By hand', level: 'EXPERT', is_free: false },
  ]);
});

test('each instructor’s import is a course of their own; students and guests import nothing, nobody for others', async () => {
  const folder = folderOf('shared', { 'a.md': '# A\n\na' });
  const first = await importCourse(ctx, { path: folder.path });
  const other = await aPerson(school.database, 'INSTRUCTOR');
  const second = await importCourse(school.database.context(other), { path: folder.path });
  expect([second.outcome, second.course.id === first.course.id, second.course.slug]).toEqual(['created', false, 'shared-2']);
  for (const actor of [guest, person('STUDENT', ina.id)])
    await expect(importCourse(school.database.context(actor), { path: folder.path })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(importCourse(ctx, { path: folder.path, instructorId: other.id })).rejects.toMatchObject({ code: 'forbidden' });
});

const odin = '../shared/fixtures/markdown/odin-javascript';

test.skipIf(!existsSync(odin))(
  'a real course comes in: seven chapters, 38 lessons, its far pictures from beside the text, its links to its own lessons',
  async () => {
    const report = await importCourse(ctx, { path: odin, publish: true });
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
  const first = await importCourse(ctx, { path: odin });
  const folder = folderOf('zips', { 'odin-javascript.zip': zip(entries) });
  expect(await importCourse(ctx, { path: join(folder.path, 'odin-javascript.zip') })).toMatchObject({
    outcome: 'unchanged',
    course: first.course,
  });
});

test('courses to be finished first are named by the end of their address; what is none is a requirement, and circles are left out', async () => {
  const named = (id: string, prerequisites: string) =>
    folderOf(id, { 'course.md': `---\ntitle: ${id}\nprerequisites: ${prerequisites}\n---\n`, '01-a/01-b.md': '# B\n\nText.\n' });
  const first = await importCourse(ctx, { path: named('Rowing basics', '[A calm sea]').path, publish: true });
  const second = named('Rowing far', `[${first.course.slug}, no-such-course, A calm sea]`);
  const report = await importCourse(ctx, { path: second.path, publish: true });
  expect(report.leftOut).toEqual([{ path: 'course', what: 'there is no course “no-such-course” to be finished first' }]);
  const asked = () => rows('select prerequisite_id as id from course_prerequisites where course_id = $1', report.course.id);
  expect(await asked()).toEqual([{ id: first.course.id }]);
  expect(await rows('select requirements from courses where id = $1', report.course.id)).toEqual([{ requirements: ['A calm sea'] }]);
  expect((await importCourse(ctx, { path: second.path, publish: true })).outcome).toBe('unchanged');
  const back = await importCourse(ctx, { path: named('Rowing basics', `[${report.course.slug}]`).path, publish: true });
  expect(back.leftOut).toEqual([{ path: 'course', what: `“${report.course.slug}” cannot come first: it asks for this course itself` }]);
  expect(await asked()).toHaveLength(1);
});
