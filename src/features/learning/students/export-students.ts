import { stringify } from 'csv-stringify/sync';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { studentStates } from './student-states.ts';
import { type StudentLine, type StudentWish, studentFilter, studentsAfter } from './students-page.ts';
import { courseOfTeam, taughtCourse } from './taught-course.ts';

const columns = ['name', 'state', 'progress', 'enrolled', 'lastseen', 'completed', 'accessuntil'];
const batchSize = 500;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The students of a filter as CSV, piece by piece, so that a large course needs no more memory than a page. Asks who may before the first piece. */
export async function exportStudents(ctx: Context, input: { slug: string } & StudentWish): Promise<AsyncGenerator<string>> {
  const [course] = await asActor(ctx, (sql) => sql(courseOfTeam, input.slug));
  taughtCourse(ctx, course);
  return pieces(ctx, input);
}

async function* pieces(ctx: Context, input: { slug: string } & StudentWish): AsyncGenerator<string> {
  const { search, state } = studentFilter(input);
  // With the mark by which spreadsheets know UTF-8.
  yield `\uFEFF${columns.join(',')}\r\n`;
  for (let before: string = lastId; ; ) {
    const students = await asActor(ctx, (sql) =>
      sql(studentsAfter, input.slug, before, search, state, ctx.now.toISOString(), batchSize),
    );
    yield stringify(students.map(cells), { escape_formulas: true, record_delimiter: '\r\n' });
    if (students.length < batchSize) return;
    before = students.at(-1)!.id;
  }
}

function cells({ name, state, progressPercent, enrolledAt, lastSeenAt, completedAt, accessUntil }: StudentLine): string[] {
  const moments = [enrolledAt, lastSeenAt, completedAt, accessUntil].map((moment) => moment?.toISOString() ?? '');
  return [name, studentStates[state].toLowerCase(), String(progressPercent), ...moments];
}
