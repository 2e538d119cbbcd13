import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aPerson } from '../../../../../tests/support/courses.ts';
import { importSchool } from '../../../../../tests/support/import-school.ts';
import { importCourse } from '../../index.server.ts';
import { openSource } from '../source/open-source.ts';

const fixture = '../shared/fixtures/olx/demo-course.tar.gz';

const { school, rows } = importSchool();

test.skipIf(!existsSync(fixture))(
  'the demo course of Open edX comes in, and of every file and part the report says what became of it',
  async () => {
    const ctx = school.database.context(await aPerson(school.database, 'INSTRUCTOR'));
    const report = await importCourse(ctx, { path: fixture });
    expect(report).toMatchObject({
      format: 'OLX (Open edX)',
      outcome: 'created',
      course: { title: 'Open edX Demo Course' },
      counts: { chapters: 6, questions: 24, videos: 6 },
    });

    // Each of the 800 files is said once: it came in, is kept, or was left out.
    const tree = await openSource(fixture);
    const files = [...tree.files.keys()].sort();
    await tree.close();
    const said = [...report.cameIn, ...report.kept, ...report.leftOut].map((item) => item.path).filter((path) => files.includes(path));
    expect(said.sort()).toEqual(files);
    const inOf = (folder: string) => report.cameIn.filter((item) => item.path.startsWith(`${folder}/`)).length;
    const outOf = (folder: string) =>
      report.leftOut.filter((item) => item.path.startsWith(`${folder}/`) && files.includes(item.path)).length;
    const keptOf = (folder: string) => report.kept.filter((item) => item.path.startsWith(`${folder}/`)).length;
    expect(
      ['chapter', 'sequential', 'vertical'].map(
        (folder) => report.cameIn.filter((item) => new RegExp(`^${folder}/\\w+\\.xml$`).test(item.path)).length,
      ),
    ).toEqual([6, 17, 58]);
    expect(inOf('html') + outOf('html')).toBe(532);
    expect([inOf('video'), outOf('video')]).toEqual([11, 0]);
    expect([inOf('problem'), keptOf('problem'), outOf('problem')]).toEqual([17, 12, 0]);
    expect(inOf('static') + outOf('static')).toBe(124);

    const courseId = report.course.id;
    const lessons = await rows<{ type: string; published: boolean; lessons: number }>(
      'select type, published, count(*)::int as lessons from lessons where course_id = $1 group by 1, 2 order by 1, 2',
      courseId,
    );
    expect(lessons).toEqual([
      { type: 'VIDEO', published: true, lessons: 6 },
      { type: 'TEXT', published: false, lessons: 14 },
      { type: 'TEXT', published: true, lessons: 52 },
      { type: 'QUIZ', published: false, lessons: 8 },
    ]);
    const questions = await rows<{ type: string; questions: number }>(
      'select q.type, count(*)::int as questions from questions q join quizzes z on z.id = q.quiz_id join lessons l on l.id = z.lesson_id where l.course_id = $1 group by 1 order by 1',
      courseId,
    );
    expect(questions).toEqual([
      { type: 'MULTIPLE_CHOICE', questions: 18 },
      { type: 'MULTIPLE_ANSWER', questions: 2 },
      { type: 'SHORT_ANSWER', questions: 1 },
      { type: 'NUMERIC', questions: 3 },
    ]);
    const [broken] = await rows<{ texts: number }>(
      "select count(*)::int as texts from lessons where course_id = $1 and published and (content ~ 'source-(lesson|file):' or content_html ~ '<script|<(a|img)[^>]*(href|src)=\"[^\"]*(jump_to_id|/static/)')",
      courseId,
    );
    expect(broken).toEqual({ texts: 0 });
  },
  // Its pictures are encoded as fast as the machine can.
  300_000,
);
