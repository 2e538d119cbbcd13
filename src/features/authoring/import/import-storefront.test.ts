import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import type { ChapterId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { importSchool } from '../../../../tests/support/import-school.ts';
import { coursePage, updateChapter } from '../../catalogue/index.server.ts';
import { importCourse } from '../index.server.ts';

const { school, folderOf } = importSchool();
let ctx: Context;

beforeAll(async () => {
  const ina: Actor = await aPerson(school.database, 'INSTRUCTOR');
  ctx = school.database.context(ina);
});
const demo = 'demo/courses/seeing-light/01-light/inverse-square';
const lesson = { '01-begin/01-one.md': '# One\n\nWords.' };
const trailerOf = async (slug: string) => (await coursePage(school.database.context(guest), { slug })).trailer;

test('a course brings its trailer with captions and picture, and its questions; the same source again changes nothing', async () => {
  const front = [
    '---',
    'title: Light',
    'faq:',
    '  - question: Is it hard?',
    '    answer: "Not *very*."',
    '  - question: 42?',
    '    answer: Yes.',
    'trailer: film.mp4',
    'trailer_captions: words.vtt',
  ];
  const folder = folderOf('light', {
    ...lesson,
    'course.md': [...front, '---', '', 'About.'].join('\n'),
    'film.mp4': readFileSync(`${demo}.mp4`),
    'film.webp': readFileSync(`${demo}.webp`),
    'words.vtt': readFileSync(`${demo}.en.vtt`),
  });
  const { course, leftOut } = await importCourse(ctx, { path: folder.path, publish: true });
  expect(leftOut).toEqual([]);
  const shown = await coursePage(school.database.context(guest), { slug: course.slug });
  expect(shown.faq).toEqual([
    { question: 'Is it hard?', answerHtml: '<p>Not <em>very</em>.</p>' },
    { question: '42?', answerHtml: '<p>Yes.</p>' },
  ]);
  expect(shown.trailer).toMatchObject({
    provider: 'FILE',
    contentType: 'video/mp4',
    poster: expect.stringMatching(/^\/files\//),
    captions: [{ language: 'en', label: 'English', src: expect.stringMatching(/^\/files\/.*seal=/) }],
  });
  expect((await importCourse(ctx, { path: folder.path })).outcome).toBe('unchanged');

  folder.write({ 'course.md': [...front.slice(0, 7), 'trailer: https://vimeo.com/76979871', 'trailer_duration: 1:02', '---'].join('\n') });
  expect((await importCourse(ctx, { path: folder.path })).outcome).toBe('updated');
  expect(await trailerOf(course.slug)).toMatchObject({
    id: shown.trailer?.id,
    provider: 'VIMEO',
    externalId: '76979871',
    durationSeconds: 62,
  });
});

test('what is wrong with them is said in a line, and the course comes in without', async () => {
  const folder = folderOf('dark', {
    ...lesson,
    'course.md': '---\ntitle: Dark\ntrailer: https://youtu.be/dQw4w9WgXcQ\nfaq:\n  - question: Alone?\n---\n',
  });
  const { course, leftOut } = await importCourse(ctx, { path: folder.path, publish: true });
  expect(leftOut.map(({ what }) => what).sort()).toEqual([
    expect.stringMatching(/^front matter: “faq” /),
    expect.stringMatching(/needs a “trailer_duration” beside it/),
  ]);
  expect(await trailerOf(course.slug)).toBeNull();
});

test('a chapter brings its introduction with words and film; what was written in the studio stays where the source says nothing of one', async () => {
  const [said, film] = ['# Begin\n\nRead *this* first.\n', '---\nvideo: film.mp4\n---\n\n'];
  const folder = folderOf('introduced', {
    ...lesson,
    '01-begin/README.md': film + said,
    '01-begin/film.mp4': readFileSync(`${demo}.mp4`),
    '02-on/02-two.md': '# Two\n\nMore.',
  });
  const { course, leftOut, cameIn } = await importCourse(ctx, { path: folder.path, publish: true });
  expect([leftOut, cameIn.find(({ path }) => path.endsWith('.mp4'))?.what]).toEqual([[], 'the film of the chapter “Begin”']);
  const chapters = async () =>
    (
      await school.database.owner.query<{ id: string; html: string; film: string | null }>(
        'select id, content_html as html, video_id as film from chapters where course_id = $1 order by position',
        [course.id],
      )
    ).rows;
  const [begin, on] = await chapters();
  expect([begin!.html, on]).toEqual(['<p>Read <em>this</em> first.</p>', expect.objectContaining({ html: '', film: null })]);
  expect((await importCourse(ctx, { path: folder.path })).outcome).toBe('unchanged');

  await updateChapter(ctx, { chapterId: on!.id as ChapterId, content: 'By hand.', videoId: begin!.film });
  expect((await importCourse(ctx, { path: folder.path })).outcome).toBe('unchanged');
  folder.write({ '01-begin/README.md': said });
  expect((await importCourse(ctx, { path: folder.path })).outcome).toBe('updated');
  expect(await chapters()).toEqual([
    { ...begin, film: null },
    { ...on, html: '<p>By hand.</p>', film: begin!.film },
  ]);
});
