import { expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { mp4 } from '../../../../tests/support/films.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { importNow, importPage, importsPage, startImport, undoImport } from '../index.server.ts';
import { importer } from '../testing/importer.ts';
import { picture } from '../testing/sailing.ts';
import { smallOlx } from '../testing/small-olx.ts';

const importing = importer();
const { school, folderOf, rows, everything, uploaded } = importing;
const sailing = () => smallOlx(picture);
const zipped = (files: Record<string, string | Uint8Array>) => zip(Object.entries(files).map(([name, content]) => ({ name, content })));

test('a package becomes a course by a job, whose page tells how far it is and then what came of it', async () => {
  const importId = await startImport(importing.ctx, { fileId: await uploaded(zipped(sailing())) });
  expect(await importPage(importing.ctx, { importId })).toMatchObject({ state: 'QUEUED', percent: 0, report: null, name: 'sailing.zip' });
  await school.runJobs();
  const page = await importPage(importing.ctx, { importId });
  expect(page).toMatchObject({ state: 'DONE', percent: 100, course: { slug: 'sailing-for-all', title: 'Sailing for all' } });
  expect(page.report).toMatchObject({
    format: 'OLX (Open edX)',
    counts: { chapters: 2, lessons: 4, questions: 2, videos: 1, pictures: 1 },
  });
  expect((await importsPage(importing.ctx, {})).imports).toMatchObject([{ id: importId, state: 'DONE', courseTitle: 'Sailing for all' }]);
  // What was uploaded is not kept, and takes no room.
  expect(await rows('select from files where owner_id = $1 and name = $2', importing.ina.id, 'sailing.zip')).toEqual([]);
});

test('a package that is none says what to do, and leaves nothing', async () => {
  const before = await everything();
  const importId = await startImport(importing.ctx, { fileId: await uploaded(zip([{ name: 'notes.txt', content: 'x' }]), 'notes.zip') });
  await school.runJobs();
  expect(await importPage(importing.ctx, { importId })).toMatchObject({
    state: 'FAILED',
    message: expect.stringMatching(/^notes\.zip is none of the formats that can be imported \(/),
  });
  await school.runJobs();
  expect(await everything()).toEqual(before);
});

test('imports are their owner’s: nobody else starts them with a file of theirs, reads or undoes them', async () => {
  const fileId = await uploaded(zipped(sailing()));
  const other = await aPerson(school.database, 'INSTRUCTOR');
  const student = await aPerson(school.database);
  await expect(startImport(school.database.context(other), { fileId })).rejects.toThrow('not among your uploads');
  await expect(startImport(school.database.context(student), { fileId })).rejects.toThrow('Only instructors');
  await expect(importsPage(school.database.context(student), {})).rejects.toThrow('Only instructors');
  const { importId } = await importNow(importing.ctx, { path: folderOf('sailing', sailing()).path });
  for (const stranger of [other, student]) {
    await expect(importPage(school.database.context(stranger), { importId })).rejects.toThrow('no such import');
    await expect(undoImport(school.database.context(stranger), { importId })).rejects.toThrow('no such import');
  }
  expect((await importsPage(school.database.context(other), {})).imports).toEqual([]);
});

test('the pages of imports ask once, however many there are and however long the report is', async () => {
  const { importId } = await importNow(importing.ctx, { path: folderOf('sailing', sailing()).path });
  const pages = async () => [
    (await statementsOf(() => importsPage(importing.ctx, {}))).length,
    (await statementsOf(() => importPage(importing.ctx, { importId }))).length,
  ];
  expect(await pages()).toEqual([1, 1]);
  for (let number = 0; number < 30; number += 1)
    await school.database.owner.query("insert into imports (id, owner_id, name) values (gen_random_uuid(), $1, 'a.zip')", [
      importing.ina.id,
    ]);
  expect(await pages()).toEqual([1, 1]);
  const first = await importsPage(importing.ctx, {});
  expect(first.imports).toHaveLength(25);
  expect((await importsPage(importing.ctx, { before: first.older })).imports).toHaveLength(6);
});

test('every file of a folder of Markdown is said once in the report', async () => {
  const files = {
    'course.md': '---\ntitle: Knots\nimage: cover.png\n---\n',
    'cover.png': picture,
    'LICENSE.md': 'Mine.',
    '1/README.md': '# One\n',
    '1/a.md': '---\nvideo: a.mp4\n---\n\n# A\n\n[Sheet](sheet.pdf)\n',
    '1/a.mp4': mp4({ seconds: 3, width: 32, height: 18 }),
    '1/a.de.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\nA\n',
    '1/sheet.pdf': '%PDF-1.4',
    '1/broken.md': 'a\0b',
    'unused.png': picture,
  };
  const report = await importNow(importing.ctx, { path: folderOf('knots', files).path });
  const said = [...report.cameIn, ...report.kept, ...report.leftOut].map(({ path }) => path);
  expect(said.sort()).toEqual(Object.keys(files).sort());
});

test('nobody has more than three imports at work', async () => {
  for (let number = 0; number < 3; number += 1)
    await startImport(importing.ctx, { fileId: await uploaded(zip([{ name: `${number}.md`, content: '# A\n' }])) });
  const fileId = await uploaded(zip([{ name: 'four.md', content: '# A\n' }]));
  await expect(startImport(importing.ctx, { fileId })).rejects.toThrow('3 of your imports are still at work');
  await school.runJobs();
});
