import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { Context } from '#platform/context.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { importSchool } from '../../../../tests/support/import-school.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { exportCourse, importCourse } from '../index.server.ts';

/** The files in an archive, by their names. */
type Packed = Map<string, Uint8Array>;

/** Declares a school for the tests of one file, whose courses go out in archives and come back. */
export function archiveSchool() {
  const { school, folderOf, rows } = importSchool();

  const anInstructor = async (): Promise<Context> => school.database.context(await aPerson(school.database, 'INSTRUCTOR'), new Date());

  /** A course's archive as a file of this machine. */
  async function exported(ctx: Context, courseSlug: string): Promise<{ path: string; bytes: Buffer }> {
    const { name, content } = await exportCourse(ctx, { courseSlug });
    const bytes = await buffer(content);
    const path = join(folderOf('archives', {}).path, name);
    await writeFile(path, bytes);
    return { path, bytes };
  }

  /** Imports an archive of which something was changed, as somebody. */
  async function importChanged(ctx: Context, files: Packed, change: (all: Packed) => void) {
    const all = new Map(files);
    change(all);
    const folder = folderOf('changed', { 'a.zip': zip([...all].map(([name, content]) => ({ name, content }))) });
    return importCourse(ctx, { path: join(folder.path, 'a.zip') });
  }

  async function comesBackTheSame(ctx: Context, course: { id: string; slug: string }): Promise<void> {
    const { path } = await exported(ctx, course.slug);
    const report = await importCourse(await anInstructor(), { path });
    expect(report).toMatchObject({ format: 'Lyceum', outcome: 'created', leftOut: [] });
    expect(await contentOf(rows, report.course.id)).toEqual(await contentOf(rows, course.id));
  }

  const lessonsOf = (courseId: string) =>
    rows<{ id: string; title: string }>('select id, title from lessons where course_id = $1 order by title', courseId);

  return { school, folderOf, rows, anInstructor, exported, importChanged, comesBackTheSame, lessonsOf };
}

type Rows = ReturnType<typeof importSchool>['rows'];

/** Every row and file of a course, with ids, people and moments aside. */
async function contentOf(rows: Rows, courseId: string): Promise<unknown> {
  const films =
    'select video_id from lessons where course_id = $1 union select video_id from chapters where course_id = $1 union select preview_video_id from courses where id = $1';
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
    videos: `id in (${films})`,
    captions: `video_id in (${films})`,
    files: `id in (select image_file_id from courses where id = $1 union select image_file_id from lessons where course_id = $1
      union select r.file_id from resources r join lessons l on l.id = r.lesson_id where l.course_id = $1
      union select file_id from videos where id in (${films})
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

// What is counted is made anew: rows that a test writes by hand were not counted.
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
