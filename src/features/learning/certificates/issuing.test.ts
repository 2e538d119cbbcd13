import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aCourse, addLesson, aPerson } from '../../../../tests/support/courses.ts';
import { system } from '../../../../tests/support/database.ts';
import { completeLesson, enrollInCourse, recordWatched, recountProgress, reopenLesson } from '../index.server.ts';
import { certificateSchool } from './testing/certificate-school.ts';

const school = certificateSchool();
const { as, codesOf, finish, finished, show } = school;

describe('a certificate is issued', () => {
  test('in the transaction that completes the course, with a code to be typed and what was so on that day', async () => {
    const { student, course, code } = await finished(
      { chapters: [{ lessons: [{ seconds: 1200 }, { seconds: 600 }, { isRequired: false, seconds: 60 }] }] },
      { timeZone: 'Pacific/Auckland' },
    );
    expect(code).toMatch(/^LYC(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    await school.database.owner.query("update courses set title = 'Another title' where id = $1", [course.id]);
    expect(await show(code)).toMatchObject({
      state: 'valid',
      name: 'Ada Lovelace',
      course: { title: 'Looms & algebra', slug: course.slug },
      instructor: 'Tomas Lindqvist',
      facts: ['Completed on May 4, 2026', '2 lessons', '30 min of learning'],
      issuedOn: '2026-05-04',
      edition: 1,
    });
    expect(await codesOf(student)).toHaveLength(1);
  });

  test('by watching the last film too, and on the learner’s own calendar', async () => {
    const student = await aPerson(school.database, 'STUDENT', { timeZone: 'Pacific/Auckland' });
    const course = await aCourse(school.database, { chapters: [{ lessons: [{ type: 'VIDEO', seconds: 600 }] }] });
    await enrollInCourse(as(student), { courseSlug: course.slug });
    const evening = new Date('2026-05-04T20:00:00Z');
    await recordWatched(as(student, evening), { lessonId: course.lessons[0]!.id, played: [[0, 570]], positionSeconds: 570 });
    const [code] = await codesOf(student);
    expect((await show(code!)).facts).toEqual(['Completed on May 5, 2026', '1 lesson', '10 min of learning']);
  });

  test('when the lessons that were missing are taken out of the course', async () => {
    const student = await aPerson(school.database);
    const course = await aCourse(school.database);
    await enrollInCourse(as(student), { courseSlug: course.slug });
    await completeLesson(as(student), { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });
    expect(await codesOf(student)).toEqual([]);
    await school.database.owner.query('update lessons set published = false where id = $1', [course.lessons[1]!.id]);
    await recountProgress.job.handler(as(system), { courseId: course.id } as never);
    expect(await codesOf(student)).toHaveLength(1);
  });

  test('once, however often the course is completed', async () => {
    const { student, course, code } = await finished();
    const address = { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug };
    await reopenLesson(as(student), address);
    await completeLesson(as(student), address);
    await addLesson(school.database, course);
    await recountProgress.job.handler(as(system), { courseId: course.id } as never);
    await finish(student, course);
    const again = 'select issue_certificate(id, now()) from enrollments where user_id = $1';
    await school.database.owner.query("select set_config('app.user_role', 'SYSTEM', false)");
    await school.database.owner.query(again, [student.id]);
    expect(await codesOf(student)).toEqual([code]);
  });

  test('to whoever had finished before there were any, and to them once', async () => {
    const { student, code } = await finished();
    const { student: other } = await finished();
    await school.database.owner.query('delete from certificates where code = $1', [code]);
    const migration = readFileSync('prisma/migrations/20261121120000_certificates/migration.sql', 'utf8');
    const before = await codesOf(other);
    for (let time = 0; time < 2; time += 1) await school.database.owner.query(migration.slice(migration.lastIndexOf('DO $$')));
    const [given, ...more] = await codesOf(student);
    expect(more).toEqual([]);
    expect(await show(given!)).toMatchObject({ state: 'valid', name: 'Ada Lovelace', facts: ['Completed on May 4, 2026', '2 lessons'] });
    expect(await codesOf(other)).toEqual(before);
  });

  test('to nobody who has not finished, whoever asks the database for it', async () => {
    const { student: stranger } = await finished();
    const student = await aPerson(school.database);
    const course = await aCourse(school.database);
    await enrollInCourse(as(student), { courseSlug: course.slug });
    const { rows } = await school.database.owner.query<{ id: string }>('select id from enrollments where user_id = $1', [student.id]);
    const client = await school.database.connections.pool.connect();
    for (const person of [student, stranger]) {
      await client.query('begin');
      await client.query("select set_config('app.user_id', $1, true), set_config('app.user_role', 'STUDENT', true)", [person.id]);
      await expect(client.query('select issue_certificate($1, now())', [rows[0]!.id])).rejects.toMatchObject({ code: '42501' });
      await client.query('rollback');
    }
    client.release();
    expect(await codesOf(student)).toEqual([]);
  });

  test('under codes of which no two are alike, and every sign of which is as likely as another', async () => {
    const { rows } = await school.database.owner.query<{ code: string }>(
      'select new_certificate_code() as code from generate_series(1, 4000)',
    );
    expect(new Set(rows.map(({ code }) => code)).size).toBe(4000);
    const counts = new Map<string, number>();
    for (const sign of rows.flatMap(({ code }) => [...code.slice(4).replaceAll('-', '')])) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    expect([...counts.keys()].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    expect(Math.min(...counts.values())).toBeGreaterThan(1250);
    expect(Math.max(...counts.values())).toBeLessThan(1750);
  });
});
