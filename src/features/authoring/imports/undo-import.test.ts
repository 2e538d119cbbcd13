import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { LessonId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { removeLesson, revisionOf, saveLessonText } from '../../catalogue/index.server.ts';
import { importNow, undoImport } from '../index.server.ts';
import { importer } from '../testing/importer.ts';
import { picture } from '../testing/sailing.ts';
import { smallOlx } from '../testing/small-olx.ts';

const importing = importer();
const { school, folderOf, rows, everything } = importing;
const sailing = () => smallOlx(picture);

test('an import that made a course is undone: every row and every stored byte is as before', async () => {
  const before = await everything();
  const { importId } = await importNow(importing.ctx, { path: folderOf('sailing', sailing()).path });
  expect(await everything()).not.toEqual(before);
  expect(await undoImport(importing.ctx, { importId })).toEqual({ kind: 'undone' });
  await school.runJobs();
  expect(await everything()).toEqual(before);
  await expect(undoImport(importing.ctx, { importId })).rejects.toThrow('only once');
});

test('an import that changed a course is undone: the course is what it was, to the last row', async () => {
  const folder = folderOf('boats', {
    'course.md': '---\ntitle: Boats\ntags: [wood]\nimage: cover.png\n---\n\nOf *wood*.\n',
    'cover.png': picture,
    '1-build/1-keel.md': '# Keel\n\nOak.\n',
    '1-build/2-mast.md': '# Mast\n\nPine.\n',
  });
  await importNow(importing.ctx, { path: folder.path, publish: true });
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
  const { importId, outcome } = await importNow(importing.ctx, { path: folder.path });
  expect(outcome).toBe('updated');
  await school.runJobs();
  expect(await undoImport(importing.ctx, { importId })).toEqual({ kind: 'undone' });
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
  const { course } = await importNow(importing.ctx, { path: folder.path, publish: true });
  const lessons = await rows<{ id: LessonId; title: string }>('select id, title from lessons where course_id = $1', course.id);
  const [bowline, hitch] = ['Bowline', 'Hitch'].map((title) => lessons.find((lesson) => lesson.title === title)!.id);
  await removeLesson(importing.ctx, { lessonId: hitch! });
  const { content } = (await rows<{ content: string }>('select content from lessons where id = $1', bowline))[0]!;
  await saveLessonText(importing.ctx, { lessonId: bowline!, content: 'A loop that holds.', basedOn: revisionOf(content) });
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
  const { importId } = await importNow(importing.ctx, { path: folder.path });
  const moved = await kept();
  expect(moved.removals).not.toEqual(before.removals);
  expect(moved.chapters).not.toEqual(before.chapters);
  expect(await undoImport(importing.ctx, { importId })).toEqual({ kind: 'undone' });
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
  const { course } = await importNow(importing.ctx, { path: folder.path });
  folder.write({ '1/2-new.md': '# New\n\nWords.\n' });
  const { importId } = await importNow(importing.ctx, { path: folder.path });
  const [lesson] = await rows<{ id: string }>('select id from lessons where course_id = $1 and title = $2', course.id, title);
  await school.database.owner.query(deed, [(await aPerson(school.database)).id, lesson!.id]);
  await expect(undoImport(importing.ctx, { importId, despiteChanges: true })).rejects.toThrow(
    'Students have already worked in lessons or exercises',
  );
  expect(await rows('select from lessons where course_id = $1', course.id)).toHaveLength(2);
});

test('what was changed since is not taken back unasked', async () => {
  const { importId, course } = await importNow(importing.ctx, { path: folderOf('sailing', sailing()).path });
  await school.database.owner.query("update lessons set title = 'Mended by hand' where course_id = $1", [course.id]);
  expect(await undoImport(importing.ctx, { importId })).toEqual({ kind: 'changed-since' });
  expect(await rows('select from courses where id = $1', course.id)).toHaveLength(1);
  expect(await undoImport(importing.ctx, { importId, despiteChanges: true })).toEqual({ kind: 'undone' });
  expect(await rows('select from courses where id = $1', course.id)).toEqual([]);
});

test('a course that people are enrolled in, and work that they have done, are not undone', async () => {
  const folder = folderOf('sailing', sailing());
  const first = await importNow(importing.ctx, { path: folder.path, publish: true });
  folder.write({
    'vertical/new.xml': '<vertical display_name="New"><html>More.</html></vertical>',
    'sequential/words.xml': '<sequential display_name="Words"><vertical url_name="bow"/><vertical url_name="new"/></sequential>',
  });
  const second = await importNow(importing.ctx, { path: folder.path });
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
  await expect(undoImport(importing.ctx, { importId: second.importId })).rejects.toThrow('Students have already worked in lessons');
  await expect(undoImport(importing.ctx, { importId: first.importId, despiteChanges: true })).rejects.toThrow('People are enrolled');
});

test('files that something else uses stay when an import is undone', async () => {
  const first = await importNow(importing.ctx, {
    path: folderOf('one', { 'course.md': '# One\n', 'a.md': '# A\n\n![x](p.png)\n', 'p.png': picture }).path,
  });
  const second = await importNow(importing.ctx, {
    path: folderOf('two', { 'course.md': '# Two\n', 'a.md': '# A\n\n![x](p.png)\n', 'p.png': picture }).path,
  });
  await undoImport(importing.ctx, { importId: first.importId });
  await school.runJobs();
  const [lesson] = await rows<{ html: string }>('select content_html as html from lessons where course_id = $1', second.course.id);
  const [, key] = /src="\/files\/([^"]+)"/.exec(lesson!.html) ?? [];
  expect(await rows('select from files where key = $1', key)).toHaveLength(1);
  expect(await runtime().storage.exists(key!)).toBe(true);
});
