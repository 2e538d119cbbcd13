import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { enrollInCourse } from '../index.server.ts';

const database = testDatabase();

const program = fileURLToPath(new URL('../testing/heartbeats.ts', import.meta.url));

/** Runs the reporting process, kills it without warning after so many acknowledgements, and gives what it had acknowledged. */
async function killedAfter(acknowledgements: number, input: object): Promise<{ lessonId: string; second: number }[]> {
  const child = spawn(process.execPath, [program, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('close', resolve));
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk;
    if (printed.split('\n').length > acknowledgements && !child.killed) child.kill('SIGKILL');
  }
  await exited;
  const lines = printed.slice(0, printed.lastIndexOf('\n')).split('\n').filter(Boolean);
  return lines.map((line) => ({ lessonId: line.split(' ')[0]!, second: Number(line.split(' ')[1]) }));
}

test('a process killed between reports loses no second that it had acknowledged, and leaves nothing half-done', async () => {
  const person = await aPerson(database);
  const course = await aCourse(database, {
    chapters: [{ lessons: Array.from({ length: 3 }, () => ({ type: 'VIDEO', seconds: 80_000 })) }],
  });
  await enrollInCourse(database.context(person, new Date()), { courseSlug: course.slug });
  const acknowledged = new Map<string, number>();
  for (const acknowledgements of [5, 40, 90]) {
    const lines = await killedAfter(acknowledgements, {
      url: database.applicationUrl,
      person,
      lessonIds: course.lessons.map((lesson) => lesson.id),
    });
    expect(lines.length).toBeGreaterThanOrEqual(acknowledgements);
    for (const { lessonId, second } of lines) acknowledged.set(lessonId, Math.max(second + 1, acknowledged.get(lessonId) ?? 0));
  }
  const { rows } = await database.owner.query<{ lessonId: string; seconds: number; isWhole: boolean }>(
    `select lesson_id as "lessonId", watched_seconds as seconds, watched_ranges = int4multirange(int4range(0, watched_seconds)) as "isWhole" from lesson_progress`,
  );
  expect(rows).toHaveLength(3);
  for (const row of rows) {
    expect(row.isWhole).toBe(true);
    expect(row.seconds).toBeGreaterThanOrEqual(acknowledged.get(row.lessonId) ?? 0);
  }
  const total = rows.reduce((sum, row) => sum + row.seconds, 0);
  const sums = await database.owner.query(
    'select (select watch_seconds from enrollments) as enrollment, (select sum(seconds)::int from learning_days) as days',
  );
  expect(sums.rows).toEqual([{ enrollment: total, days: total }]);
});
