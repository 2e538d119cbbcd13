import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, person } from '../../../../tests/support/database.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { importCourse } from '../index.server.ts';
import { importer } from '../testing/importer.ts';
import { picture, sailingFolder } from '../testing/sailing.ts';

const importing = importer();
const { school, folderOf, rows, lessonsOf, storedKeys } = importing;

const footprint = async () => ({
  keys: await storedKeys(),
  rows: await rows(
    'select (select count(*) from courses) as courses, (select count(*) from files) as files, (select count(*) from videos) as videos',
  ),
});

test('the same folder again, and a zip of it, change nothing and double nothing', async () => {
  const folder = folderOf('sailing', sailingFolder());
  const first = await importCourse(importing.ctx, { path: folder.path });
  const before = await footprint();
  const again = await importCourse(importing.ctx, { path: folder.path });
  expect(again).toMatchObject({ outcome: 'unchanged', course: first.course });
  folder.write({ '../sailing.zip': zip(Object.entries(sailingFolder()).map(([name, content]) => ({ name: `sailing/${name}`, content }))) });
  const zipped = await importCourse(importing.ctx, { path: `${folder.path}.zip` });
  expect(zipped).toMatchObject({ outcome: 'unchanged', course: first.course });
  expect(await footprint()).toEqual(before);
});

test('a changed source updates its lessons in place; what is gone is hidden, and nobody loses progress', async () => {
  const folder = folderOf('sailing', sailingFolder());
  const { course: made } = await importCourse(importing.ctx, { path: folder.path, publish: true });
  const before = await lessonsOf(made.id);
  rmSync(join(folder.path, '01-start/01-words.md'));
  renameSync(join(folder.path, '01-start/02-knots.md'), join(folder.path, '01-start/03-rope.md'));
  folder.write({
    '01-start/01-new.md': '# New\n\n[gone](01-words.md)',
    '02-water/wind.md': '---\nvideo: wind.mp4\n---\n\n# Wind and weather\n',
  });
  const report = await importCourse(importing.ctx, { path: folder.path });
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
  const { course: made } = await importCourse(importing.ctx, { path: folder.path });
  const [a] = await lessonsOf(made.id);
  rmSync(join(folder.path, 'a.md'));
  await importCourse(importing.ctx, { path: folder.path });
  folder.write({ 'a.md': '# A\n\na' });
  expect((await importCourse(importing.ctx, { path: folder.path })).outcome).toBe('updated');
  expect((await lessonsOf(made.id))[0]).toMatchObject({ id: a?.id, published: true });
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
  await expect(importCourse(importing.ctx, { path: folderOf('bad', files).path })).rejects.toThrow(message);
  expect(await footprint()).toEqual(before);
});

test('an import that fails halfway leaves no row and no byte', async () => {
  const before = await footprint();
  await school.database.owner.query(`create function refuse_wind() returns trigger language plpgsql as $$ begin if new.title = 'Wind' then raise exception 'the disk is full'; end if; return new; end $$;
    create trigger refuse_wind before insert or update on lessons for each row execute function refuse_wind()`);
  try {
    await expect(importCourse(importing.ctx, { path: folderOf('sailing', sailingFolder()).path })).rejects.toThrow(/the disk is full/);
  } finally {
    await school.database.owner.query('drop trigger refuse_wind on lessons; drop function refuse_wind');
  }
  expect(await footprint()).toEqual(before);
});

test('two imports of one folder at the same moment make one course', async () => {
  const folder = folderOf('twice', { 'a.md': '# A\n\na' });
  const reports = await Promise.all([
    importCourse(importing.ctx, { path: folder.path }),
    importCourse(importing.ctx, { path: folder.path }),
  ]);
  expect(reports[0].course.id).toBe(reports[1].course.id);
  expect(reports.map((report) => report.outcome).sort()).toEqual(['created', 'unchanged']);
});

test('another folder of the same name does not take the course’s place', async () => {
  await importCourse(importing.ctx, { path: folderOf('course', { 'README.md': '# One\n', 'a.md': '# A\n\na' }).path });
  await expect(
    importCourse(importing.ctx, { path: folderOf('course', { 'README.md': '# Two\n', 'b.md': '# B\n\nb' }).path }),
  ).rejects.toThrow(/“One” was imported from a source named “course”/);
  const named = await importCourse(importing.ctx, {
    path: folderOf('course', { 'README.md': '---\nid: second\n---\n# Two\n', 'b.md': '# B\n\nb' }).path,
  });
  expect(named.outcome).toBe('created');
});

test('an update leaves alone what the source does not say', async () => {
  const folder = folderOf('plain', { 'a.md': '# A\n\na' });
  const { course: made } = await importCourse(importing.ctx, { path: folder.path, title: 'Chosen title' });
  await school.database.owner.query("update courses set subtitle = 'By hand', level = 'EXPERT', is_free = false where id = $1", [made.id]);
  expect(await importCourse(importing.ctx, { path: folder.path })).toMatchObject({
    outcome: 'unchanged',
    course: { title: 'Chosen title' },
  });
  expect(await rows('select title, subtitle, level, is_free from courses where id = $1', made.id)).toEqual([
    { title: 'Chosen title', subtitle: 'By hand', level: 'EXPERT', is_free: false },
  ]);
});

test('each instructor’s import is a course of their own; students and guests import nothing, nobody for others', async () => {
  const folder = folderOf('shared', { 'a.md': '# A\n\na' });
  const first = await importCourse(importing.ctx, { path: folder.path });
  const other = await aPerson(school.database, 'INSTRUCTOR');
  const second = await importCourse(school.database.context(other), { path: folder.path });
  expect([second.outcome, second.course.id === first.course.id, second.course.slug]).toEqual(['created', false, 'shared-2']);
  for (const actor of [guest, person('STUDENT', importing.ina.id)])
    await expect(importCourse(school.database.context(actor), { path: folder.path })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(importCourse(importing.ctx, { path: folder.path, instructorId: other.id })).rejects.toMatchObject({ code: 'forbidden' });
});
