import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import type { LessonId, UserId } from '#platform/ids.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { mp4 } from '../../../../tests/support/films.ts';
import { importSchool } from '../../../../tests/support/import-school.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { removeLesson, revisionOf, saveLessonText } from '../../catalogue/index.server.ts';
import { prepareFile, recordFiles } from '../../media/index.server.ts';
import { importNow, importPage, importsPage, startImport, undoImport } from '../index.server.ts';
import { smallOlx } from '../testing/small-olx.ts';
import { runImportJob } from './run-import-job.ts';

const { school, folderOf, rows } = importSchool();
let ina: Actor & { kind: 'person' };
let ctx: Context;

beforeEach(async () => {
  ina = await aPerson(school.database, 'INSTRUCTOR');
  ctx = school.database.context(ina);
});
const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#37c' } })
  .png()
  .toBuffer();
const sailing = () => smallOlx(picture);
const zipped = (files: Record<string, string | Uint8Array>) => zip(Object.entries(files).map(([name, content]) => ({ name, content })));
/** A package as an upload leaves it. */
async function uploaded(bytes: Uint8Array, name = 'sailing.zip', of = ina): Promise<string> {
  const as = school.database.context(of);
  const content = Readable.from([Buffer.from(bytes)]);
  const file = await prepareFile(as, { content, name, ownerId: of.id as UserId, visibility: 'PRIVATE', largestBytes: 1e9 });
  const fileId = (await recordFiles(as, [file])).get(file.key)!;
  await school.database.owner.query(
    "insert into uploads (id, owner_id, purpose, name, size_bytes, file_id, finished_at) values (gen_random_uuid(), $1, 'PACKAGE', $2, $3, $4, now())",
    [of.id, name, bytes.length, fileId],
  );
  return fileId;
}

/** Every row of the school and every stored object; not the rows of imports themselves, nor words of courses, which stay until all is counted anew. */
async function everything(): Promise<Record<string, unknown>> {
  const tables = await rows<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('imports', 'course_words', '_prisma_migrations') order by 1",
  );
  const all: Record<string, unknown> = {};
  for (const { name } of tables) {
    // A sum of nothing is as good as no sum.
    const condition = name === 'storage_use' ? 'where size_bytes > 0' : '';
    all[name] = await rows(`select to_jsonb(t) as row from ${name} t ${condition} order by to_jsonb(t)::text`);
  }
  const stored = await runtime().storage.listAll('', { recursive: true });
  all.objects = [...stored.objects].map((object) => ('key' in object ? object.key : '')).sort();
  return all;
}

test('a package becomes a course by a job, whose page tells how far it is and then what came of it', async () => {
  const importId = await startImport(ctx, { fileId: await uploaded(zipped(sailing())) });
  expect(await importPage(ctx, { importId })).toMatchObject({ state: 'QUEUED', percent: 0, report: null, name: 'sailing.zip' });
  await school.runJobs();
  const page = await importPage(ctx, { importId });
  expect(page).toMatchObject({ state: 'DONE', percent: 100, course: { slug: 'sailing-for-all', title: 'Sailing for all' } });
  expect(page.report).toMatchObject({
    format: 'OLX (Open edX)',
    counts: { chapters: 2, lessons: 4, questions: 2, videos: 1, pictures: 1 },
  });
  expect((await importsPage(ctx, {})).imports).toMatchObject([{ id: importId, state: 'DONE', courseTitle: 'Sailing for all' }]);
  // What was uploaded is not kept, and takes no room.
  expect(await rows('select from files where owner_id = $1 and name = $2', ina.id, 'sailing.zip')).toEqual([]);
});

test('an import that made a course is undone: every row and every stored byte is as before', async () => {
  const before = await everything();
  const { importId } = await importNow(ctx, { path: folderOf('sailing', sailing()).path });
  expect(await everything()).not.toEqual(before);
  expect(await undoImport(ctx, { importId })).toEqual({ kind: 'undone' });
  await school.runJobs();
  expect(await everything()).toEqual(before);
  await expect(undoImport(ctx, { importId })).rejects.toThrow('only once');
});

test('an import that changed a course is undone: the course is what it was, to the last row', async () => {
  const folder = folderOf('boats', {
    'course.md': '---\ntitle: Boats\ntags: [wood]\nimage: cover.png\n---\n\nOf *wood*.\n',
    'cover.png': picture,
    '1-build/1-keel.md': '# Keel\n\nOak.\n',
    '1-build/2-mast.md': '# Mast\n\nPine.\n',
  });
  await importNow(ctx, { path: folder.path, publish: true });
  await school.runJobs();
  const before = await everything();
  const other = await sharp(picture).negate({ alpha: false }).png().toBuffer();
  folder.write({
    'course.md': '---\ntitle: Boats of steel\ntags: [steel]\nimage: cover.png\n---\n\nOf steel.\n',
    'cover.png': other,
    '1-build/1-keel.md': '# Keel\n\nSteel.\n\n![A hull](hull.png)\n',
    '1-build/hull.png': other,
    '2-sea/1-launch.md': '# Launch\n\nIn the water.\n',
  });
  const { importId, outcome } = await importNow(ctx, { path: folder.path });
  expect(outcome).toBe('updated');
  await school.runJobs();
  expect(await undoImport(ctx, { importId })).toEqual({ kind: 'undone' });
  await school.runJobs();
  expect(await everything()).toEqual(before);
});

test('undoing an update takes nothing from lessons that were there before: their versions, what learners did, and what was removed', async () => {
  const folder = folderOf('knots', {
    'course.md': '# Knots\n',
    '1-first/1-bowline.md': '# Bowline\n\nA loop.\n',
    '1-first/2-hitch.md': '# Hitch\n\nA turn.\n',
    '1-first/3-splice.md': '# Splice\n\nTwo ends.\n',
  });
  const { course } = await importNow(ctx, { path: folder.path, publish: true });
  const lessons = await rows<{ id: LessonId; title: string }>('select id, title from lessons where course_id = $1', course.id);
  const [bowline, hitch] = ['Bowline', 'Hitch'].map((title) => lessons.find((lesson) => lesson.title === title)!.id);
  await removeLesson(ctx, { lessonId: hitch! });
  const { content } = (await rows<{ content: string }>('select content from lessons where id = $1', bowline))[0]!;
  await saveLessonText(ctx, { lessonId: bowline!, content: 'A loop that holds.', basedOn: revisionOf(content) });
  const student = await aPerson(school.database);
  const enrollment = 'insert into enrollments (id, user_id, course_id) values (gen_random_uuid(), $1, $2) returning id';
  const [enrolled] = await rows<{ id: string }>(enrollment, student.id, course.id);
  await school.database.owner.query('insert into lesson_progress (id, enrollment_id, lesson_id) values (gen_random_uuid(), $1, $2)', [
    enrolled!.id,
    bowline,
  ]);
  await school.database.owner.query("insert into notes (id, user_id, lesson_id, text) values (gen_random_uuid(), $1, $2, 'Rabbit, hole')", [
    student.id,
    bowline,
  ]);
  await school.runJobs();
  const kept = async () => {
    const { lessons, chapters, lesson_versions, lesson_progress, notes, removals } = await everything();
    return { lessons, chapters, lesson_versions, lesson_progress, notes, removals };
  };
  const before = await kept();

  // The lesson moves to a chapter that is new, and the one that was removed is shown again.
  rmSync(join(folder.path, '1-first/1-bowline.md'));
  folder.write({ '2-loops/1-bowline.md': '# Bowline\n\nThe king of knots.\n', '2-loops/2-noose.md': '# Noose\n\nIt slips.\n' });
  const { importId } = await importNow(ctx, { path: folder.path });
  const moved = await kept();
  expect(moved.removals).not.toEqual(before.removals);
  expect(moved.chapters).not.toEqual(before.chapters);
  expect(await undoImport(ctx, { importId })).toEqual({ kind: 'undone' });
  await school.runJobs();
  expect(await kept()).toEqual(before);
});

test.each([
  [
    'a note of theirs, which nobody else reads',
    "insert into notes (id, user_id, lesson_id, text) values (gen_random_uuid(), $1, $2, 'Mine')",
    'New',
  ],
  [
    'an attempt at a quiz in a lesson that stays',
    `with quiz as (insert into quizzes (id, lesson_id, title, passing_percent) values (gen_random_uuid(), $2, 'Quiz', 60) returning id)
      insert into quiz_attempts (id, user_id, quiz_id, number, questions, total_questions) select gen_random_uuid(), $1, id, 1, '[]', 0 from quiz`,
    'Old',
  ],
])('an import is not undone where that would take %s', async (_, deed, title) => {
  const folder = folderOf('work', { 'course.md': '# Work\n', '1/1-old.md': '# Old\n\nWords.\n' });
  const { course } = await importNow(ctx, { path: folder.path });
  folder.write({ '1/2-new.md': '# New\n\nWords.\n' });
  const { importId } = await importNow(ctx, { path: folder.path });
  const [lesson] = await rows<{ id: string }>('select id from lessons where course_id = $1 and title = $2', course.id, title);
  await school.database.owner.query(deed, [(await aPerson(school.database)).id, lesson!.id]);
  await expect(undoImport(ctx, { importId, despiteChanges: true })).rejects.toThrow('Students have already worked in lessons or exercises');
  expect(await rows('select from lessons where course_id = $1', course.id)).toHaveLength(2);
});

test('what was changed since is not taken back unasked', async () => {
  const { importId, course } = await importNow(ctx, { path: folderOf('sailing', sailing()).path });
  await school.database.owner.query("update lessons set title = 'Mended by hand' where course_id = $1", [course.id]);
  expect(await undoImport(ctx, { importId })).toEqual({ kind: 'changed-since' });
  expect(await rows('select from courses where id = $1', course.id)).toHaveLength(1);
  expect(await undoImport(ctx, { importId, despiteChanges: true })).toEqual({ kind: 'undone' });
  expect(await rows('select from courses where id = $1', course.id)).toEqual([]);
});

test('a course that people are enrolled in, and work that they have done, are not undone', async () => {
  const folder = folderOf('sailing', sailing());
  const first = await importNow(ctx, { path: folder.path, publish: true });
  folder.write({
    'vertical/new.xml': '<vertical display_name="New"><html>More.</html></vertical>',
    'sequential/words.xml': '<sequential display_name="Words"><vertical url_name="bow"/><vertical url_name="new"/></sequential>',
  });
  const second = await importNow(ctx, { path: folder.path });
  const student = await aPerson(school.database);
  const [enrollment] = await rows<{ id: string }>(
    'insert into enrollments (id, user_id, course_id) values (gen_random_uuid(), $1, $2) returning id',
    student.id,
    first.course.id,
  );
  await school.database.owner.query('update courses set student_count = 1 where id = $1', [first.course.id]);
  const [added] = await rows<{ id: string }>(
    "select id from lessons where course_id = $1 and source_path = 'vertical/new.xml'",
    first.course.id,
  );
  await school.database.owner.query('insert into lesson_progress (id, enrollment_id, lesson_id) values (gen_random_uuid(), $1, $2)', [
    enrollment!.id,
    added!.id,
  ]);
  await expect(undoImport(ctx, { importId: second.importId })).rejects.toThrow('Students have already worked in lessons');
  await expect(undoImport(ctx, { importId: first.importId, despiteChanges: true })).rejects.toThrow('People are enrolled');
});

test('files that something else uses stay when an import is undone', async () => {
  const first = await importNow(ctx, {
    path: folderOf('one', { 'course.md': '# One\n', 'a.md': '# A\n\n![x](p.png)\n', 'p.png': picture }).path,
  });
  const second = await importNow(ctx, {
    path: folderOf('two', { 'course.md': '# Two\n', 'a.md': '# A\n\n![x](p.png)\n', 'p.png': picture }).path,
  });
  await undoImport(ctx, { importId: first.importId });
  await school.runJobs();
  const [lesson] = await rows<{ html: string }>('select content_html as html from lessons where course_id = $1', second.course.id);
  const [, key] = /src="\/files\/([^"]+)"/.exec(lesson!.html) ?? [];
  expect(await rows('select from files where key = $1', key)).toHaveLength(1);
  expect(await runtime().storage.exists(key!)).toBe(true);
});

test('a package that is none says what to do, and leaves nothing', async () => {
  const before = await everything();
  const importId = await startImport(ctx, { fileId: await uploaded(zip([{ name: 'notes.txt', content: 'x' }]), 'notes.zip') });
  await school.runJobs();
  expect(await importPage(ctx, { importId })).toMatchObject({
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
  const { importId } = await importNow(ctx, { path: folderOf('sailing', sailing()).path });
  for (const stranger of [other, student]) {
    await expect(importPage(school.database.context(stranger), { importId })).rejects.toThrow('no such import');
    await expect(undoImport(school.database.context(stranger), { importId })).rejects.toThrow('no such import');
  }
  expect((await importsPage(school.database.context(other), {})).imports).toEqual([]);
});

test('the pages of imports ask once, however many there are and however long the report is', async () => {
  const { importId } = await importNow(ctx, { path: folderOf('sailing', sailing()).path });
  const pages = async () => [
    (await statementsOf(() => importsPage(ctx, {}))).length,
    (await statementsOf(() => importPage(ctx, { importId }))).length,
  ];
  expect(await pages()).toEqual([1, 1]);
  for (let number = 0; number < 30; number += 1)
    await school.database.owner.query("insert into imports (id, owner_id, name) values (gen_random_uuid(), $1, 'a.zip')", [ina.id]);
  expect(await pages()).toEqual([1, 1]);
  const first = await importsPage(ctx, {});
  expect(first.imports).toHaveLength(25);
  expect((await importsPage(ctx, { before: first.older })).imports).toHaveLength(6);
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
  const report = await importNow(ctx, { path: folderOf('knots', files).path });
  const said = [...report.cameIn, ...report.kept, ...report.leftOut].map(({ path }) => path);
  expect(said.sort()).toEqual(Object.keys(files).sort());
});

test('nobody has more than three imports at work', async () => {
  for (let number = 0; number < 3; number += 1)
    await startImport(ctx, { fileId: await uploaded(zip([{ name: `${number}.md`, content: '# A\n' }])) });
  const fileId = await uploaded(zip([{ name: 'four.md', content: '# A\n' }]));
  await expect(startImport(ctx, { fileId })).rejects.toThrow('3 of your imports are still at work');
  await school.runJobs();
});

const worker = fileURLToPath(new URL('../testing/work-off-import.ts', import.meta.url));

/** Works an import off in a process of its own and kills that without warning once the import is so far. */
async function killedAt(importId: string, percent: number): Promise<void> {
  const settings = {
    DATA_DIR: join(tmpdir(), school.database.name),
    SECRET: 'a secret for tests that has more than 32 characters',
    ORIGIN: 'http://localhost:3000',
    LOG_LEVEL: 'silent',
  };
  const child = spawn(process.execPath, [worker, JSON.stringify({ settings, url: school.database.applicationUrl, importId })], {
    stdio: 'inherit',
  });
  const exited = new Promise((resolve) => child.once('close', resolve));
  for (let isThere = false; !isThere && child.exitCode === null; await new Promise((resolve) => setTimeout(resolve, 5))) {
    const [row] = await rows<{ isThere: boolean }>(
      'select percent >= $2 and state = \'RUNNING\' as "isThere" from imports where id = $1',
      importId,
      percent,
    );
    isThere = row!.isThere;
  }
  if (child.exitCode !== null) throw new Error('It ended before it could be killed');
  child.kill('SIGKILL');
  await exited;
}

test('an import killed while it stores files, and again while it writes, is done once in the end', async () => {
  const files: Record<string, string> = { 'course.md': '# Long\n' };
  for (let number = 0; number < 100; number += 1) {
    files[`${number}.md`] = `# Lesson ${number}\n\n[Sheet](sheet-${number}.txt)\n\n${'Words and *words*.\n\n'.repeat(40)}`;
    files[`sheet-${number}.txt`] = `Sheet ${number}`;
  }
  const importId = await startImport(ctx, { fileId: await uploaded(zipped(files), 'long.zip') });
  await killedAt(importId, 25);
  await killedAt(importId, 72);
  expect(await rows('select from courses where instructor_id = $1', ina.id)).toEqual([]);
  expect(await importPage(ctx, { importId })).toMatchObject({ state: 'RUNNING' });
  await runImportJob.handler(systemContext(), { importId });
  expect(await importPage(ctx, { importId })).toMatchObject({ state: 'DONE', report: { counts: { lessons: 100, attachments: 100 } } });
  expect(await rows('select lesson_count as lessons from courses where instructor_id = $1', ina.id)).toEqual([{ lessons: 100 }]);
  expect(await undoImport(ctx, { importId })).toEqual({ kind: 'undone' });
});
