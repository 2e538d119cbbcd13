import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePerson } from '#features/accounts/index.server.ts';
import type { Context, Person } from '#platform/context.ts';
import { aCourse, addLesson, aPerson, type CourseWish, type MadeCourse } from '../../../../tests/support/courses.ts';
import { createTestDatabase, guest, system, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import {
  certificatePage,
  certificatePdf,
  completeLesson,
  courseEntry,
  courseStanding,
  enrollInCourse,
  myCertificates,
  recordWatched,
  recountProgress,
  reissueCertificate,
  reopenLesson,
  restoreCertificate,
  revokeCertificate,
} from '../index.server.ts';

let database: TestDatabase;
let school: TestProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  school = startTestProcess(database);
});
afterAll(async () => {
  await school.close();
  await database.drop();
});

type Actor = Parameters<TestDatabase['context']>[0];
const as = (actor: Actor, now?: Date): Context => database.context(actor, now);
const show = (code: string, actor: Actor = guest, edition?: string) => certificatePage(as(actor), { code, edition });

interface Finished {
  student: Person;
  teacher: Person;
  course: MadeCourse;
  code: string;
}

async function finish(student: Person, course: MadeCourse, now?: Date): Promise<void> {
  await enrollInCourse(as(student, now), { courseSlug: course.slug });
  for (const { slug } of course.lessons) await completeLesson(as(student, now), { courseSlug: course.slug, lessonSlug: slug });
}

async function codesOf(student: Person): Promise<string[]> {
  const { rows } = await database.owner.query<{ code: string }>(
    'select code from certificates k join enrollments e on e.id = k.enrollment_id where e.user_id = $1 order by k.id',
    [student.id],
  );
  return rows.map(({ code }) => code);
}

async function finished(wish: CourseWish = {}, details: { name?: string; timeZone?: string } = {}): Promise<Finished> {
  const teacher = await aPerson(database, 'INSTRUCTOR', { name: 'Tomas Lindqvist' });
  const course = await aCourse(database, { title: 'Looms & algebra', instructorId: teacher.id, ...wish });
  const student = await aPerson(database, 'STUDENT', { name: 'Ada Lovelace', ...details });
  await finish(student, course);
  return { student, teacher, course, code: (await codesOf(student))[0]! };
}

describe('a certificate is issued', () => {
  test('in the transaction that completes the course, with a code to be typed and what was so on that day', async () => {
    const { student, course, code } = await finished(
      { chapters: [{ lessons: [{ seconds: 1200 }, { seconds: 600 }, { isRequired: false, seconds: 60 }] }] },
      { timeZone: 'Pacific/Auckland' },
    );
    expect(code).toMatch(/^LYC(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    await database.owner.query("update courses set title = 'Another title' where id = $1", [course.id]);
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
    const student = await aPerson(database, 'STUDENT', { timeZone: 'Pacific/Auckland' });
    const course = await aCourse(database, { chapters: [{ lessons: [{ type: 'VIDEO', seconds: 600 }] }] });
    await enrollInCourse(as(student), { courseSlug: course.slug });
    const evening = new Date('2026-05-04T20:00:00Z');
    await recordWatched(as(student, evening), { lessonId: course.lessons[0]!.id, played: [[0, 570]], positionSeconds: 570 });
    const [code] = await codesOf(student);
    expect((await show(code!)).facts).toEqual(['Completed on May 5, 2026', '1 lesson', '10 min of learning']);
  });

  test('when the lessons that were missing are taken out of the course', async () => {
    const student = await aPerson(database);
    const course = await aCourse(database);
    await enrollInCourse(as(student), { courseSlug: course.slug });
    await completeLesson(as(student), { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });
    expect(await codesOf(student)).toEqual([]);
    await database.owner.query('update lessons set published = false where id = $1', [course.lessons[1]!.id]);
    await recountProgress.job.handler(as(system), { courseId: course.id } as never);
    expect(await codesOf(student)).toHaveLength(1);
  });

  test('once, however often the course is completed', async () => {
    const { student, course, code } = await finished();
    const address = { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug };
    await reopenLesson(as(student), address);
    await completeLesson(as(student), address);
    await addLesson(database, course);
    await recountProgress.job.handler(as(system), { courseId: course.id } as never);
    await finish(student, course);
    const again = 'select issue_certificate(id, now()) from enrollments where user_id = $1';
    await database.owner.query("select set_config('app.user_role', 'SYSTEM', false)");
    await database.owner.query(again, [student.id]);
    expect(await codesOf(student)).toEqual([code]);
  });

  test('to whoever had finished before there were any, and to them once', async () => {
    const { student, code } = await finished();
    const { student: other } = await finished();
    await database.owner.query('delete from certificates where code = $1', [code]);
    const migration = readFileSync('prisma/migrations/20261121120000_certificates/migration.sql', 'utf8');
    const before = await codesOf(other);
    for (let time = 0; time < 2; time += 1) await database.owner.query(migration.slice(migration.lastIndexOf('DO $$')));
    const [given, ...more] = await codesOf(student);
    expect(more).toEqual([]);
    expect(await show(given!)).toMatchObject({ state: 'valid', name: 'Ada Lovelace', facts: ['Completed on May 4, 2026', '2 lessons'] });
    expect(await codesOf(other)).toEqual(before);
  });

  test('to nobody who has not finished, whoever asks the database for it', async () => {
    const { student: stranger } = await finished();
    const student = await aPerson(database);
    const course = await aCourse(database);
    await enrollInCourse(as(student), { courseSlug: course.slug });
    const { rows } = await database.owner.query<{ id: string }>('select id from enrollments where user_id = $1', [student.id]);
    const client = await database.connections.pool.connect();
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
    const { rows } = await database.owner.query<{ code: string }>('select new_certificate_code() as code from generate_series(1, 4000)');
    expect(new Set(rows.map(({ code }) => code)).size).toBe(4000);
    const counts = new Map<string, number>();
    for (const sign of rows.flatMap(({ code }) => [...code.slice(4).replaceAll('-', '')])) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    expect([...counts.keys()].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    expect(Math.min(...counts.values())).toBeGreaterThan(1250);
    expect(Math.max(...counts.values())).toBeLessThan(1750);
  });
});

describe('its page', () => {
  test('is the same for whoever has the code, in whatever way they type it, and costs a guest one look', async () => {
    const { code, student } = await finished();
    const plain = code.replaceAll('-', '').toLowerCase();
    expect(await show(plain)).toEqual(await show(code, await aPerson(database)));
    expect(await show(code)).toMatchObject({ isOwn: false, linkedIn: null, newName: null, mayRevoke: false, mayRestore: false });
    expect(await statementsOf(() => show(code, student))).toHaveLength(1);
    // From a network one look more before, and one after: attempts are counted.
    const fromNetwork = () => certificatePage({ ...as(guest), address: '203.0.113.8' }, { code });
    await fromNetwork();
    expect(await statementsOf(fromNetwork)).toHaveLength(3);
  });

  test('gives its holder a link that fills in the form of a LinkedIn profile', async () => {
    const { code, student } = await finished();
    const { linkedIn } = await show(code, student);
    expect(Object.fromEntries(new URL(linkedIn!).searchParams)).toEqual({
      startTask: 'CERTIFICATION_NAME',
      name: 'Looms & algebra',
      organizationName: 'Lyceum',
      issueYear: '2026',
      issueMonth: '5',
      certUrl: `http://localhost:3000/certificates/${code}`,
      certId: code,
    });
  });

  test('names no course that is not there for everybody', async () => {
    const { code, course } = await finished();
    await database.owner.query("update courses set status = 'ARCHIVED' where id = $1", [course.id]);
    expect(await show(code)).toMatchObject({ state: 'valid', course: { title: 'Looms & algebra', slug: null } });
  });

  test('is nowhere for a code that was never given, and stops looking once one address has tried too many', async () => {
    const { code } = await finished();
    const from = (address: string) => ({ ...as(guest), address });
    const guess = (address: string, tried: string) => certificatePage(from(address), { code: tried });
    await expect(guess('203.0.113.9', 'nonsense')).rejects.toMatchObject({ code: 'not-found' });
    for (let look = 0; look < 40; look += 1) await guess('203.0.113.9', code);
    for (let wrong = 0; wrong < 30; wrong += 1)
      await expect(guess('203.0.113.9', 'LYC-0000-0000-0000')).rejects.toMatchObject({ code: 'not-found' });
    await expect(guess('203.0.113.9', 'LYC-0000-0000-0000')).rejects.toMatchObject({ code: 'too-many' });
    await expect(guess('203.0.113.9', code)).rejects.toMatchObject({ code: 'too-many' });
    expect(await guess('203.0.113.10', code)).toMatchObject({ state: 'valid' });
  });

  test('lets nobody read certificates without a code', async () => {
    await finished();
    const client = await database.connections.pool.connect();
    expect((await client.query('select code from certificates')).rows).toEqual([]);
    expect((await client.query('select code_of.id from certificate_by_code(null) code_of')).rows).toEqual([]);
    client.release();
  });
});

describe('issued anew', () => {
  async function renamed(now?: Date): Promise<Finished> {
    const made = await finished();
    const student = { ...made.student, name: 'Ada King' };
    await database.owner.query('update users set name = $2 where id = $1', [student.id, student.name]);
    if (now) await reissueCertificate(as(student, now), { code: made.code });
    return { ...made, student };
  }

  test('it bears the present name under the same code, and papers from before are replaced', async () => {
    const { code, student } = await renamed();
    expect(await show(code, student)).toMatchObject({ name: 'Ada Lovelace', newName: 'Ada King' });
    await reissueCertificate(as(student, new Date('2026-06-01T10:00:00Z')), { code });
    expect(await show(code, student)).toMatchObject({
      state: 'valid',
      name: 'Ada King',
      newName: null,
      edition: 2,
      firstIssuedOn: '2026-05-04',
      issuedOn: '2026-06-01',
      facts: ['Completed on May 4, 2026', '2 lessons'],
    });
    expect((await show(code, guest, '1')).state).toBe('replaced');
    expect((await show(code, guest, '2')).state).toBe('valid');
  });

  test('it stays as it is where the name is the same, however often that is asked', async () => {
    const { code, student } = await finished();
    for (let time = 0; time < 5; time += 1) await reissueCertificate(as(student), { code });
    expect(await show(code)).toMatchObject({ edition: 1, issuedOn: '2026-05-04' });
  });

  test('it is a few times a day, and no more', async () => {
    const { code, student } = await renamed(new Date('2026-06-01T10:00:00Z'));
    const rename = (name: string) => database.owner.query('update users set name = $2 where id = $1', [student.id, name]);
    for (const name of ['Ada Byron', 'Augusta Ada King']) {
      await rename(name);
      await reissueCertificate(as(student), { code });
    }
    await rename('Countess of Lovelace');
    await expect(reissueCertificate(as(student), { code })).rejects.toMatchObject({ code: 'too-many' });
    expect((await show(code)).name).toBe('Augusta Ada King');
  });

  test('it is by its holder alone, and only while it holds', async () => {
    const { code, student, teacher } = await renamed();
    for (const actor of [await aPerson(database), teacher, await aPerson(database, 'ADMIN')])
      await expect(reissueCertificate(as(actor), { code })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(reissueCertificate(as(guest), { code })).rejects.toMatchObject({ code: 'sign-in-required' });
    await revokeCertificate(as(teacher), { code, reason: 'Copied.' });
    await expect(reissueCertificate(as(student), { code })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('revoked', () => {
  test('it says so and since when to everybody, and why to its holder and its judges alone', async () => {
    const { code, student, teacher } = await finished();
    await revokeCertificate(as(teacher, new Date('2026-06-02T10:00:00Z')), { code, reason: 'Somebody else’s work.' });
    const shown = await show(code);
    expect(shown).toMatchObject({ state: 'revoked', revokedOn: '2026-06-02', revokedReason: null, name: 'Ada Lovelace' });
    expect(JSON.stringify(shown)).not.toContain('Somebody else');
    for (const actor of [student, teacher, await aPerson(database, 'ADMIN')])
      expect((await show(code, actor)).revokedReason).toBe('Somebody else’s work.');
    await expect(certificatePdf(as(student), { code })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('it is by who may change the course, and by admins; for nobody else, and never one’s own', async () => {
    const { code, student, teacher, course } = await finished();
    const assistant = await aPerson(database);
    const second = await aPerson(database);
    const help = 'insert into course_instructors (course_id, user_id, role) values ($1, $2, $3)';
    await database.owner.query(help, [course.id, assistant.id, 'ASSISTANT']);
    await database.owner.query(help, [course.id, second.id, 'CO_INSTRUCTOR']);
    const revoke = (actor: Actor) => revokeCertificate(as(actor), { code, reason: 'Copied.' });
    for (const actor of [student, assistant, await aPerson(database), await aPerson(database, 'INSTRUCTOR')])
      await expect(revoke(actor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revoke({ ...student, role: 'ADMIN' })).rejects.toMatchObject({ code: 'conflict' });
    for (const actor of [teacher, second, await aPerson(database, 'ADMIN')]) {
      await revoke(actor);
      await expect(revoke(actor)).rejects.toMatchObject({ code: 'conflict' });
      expect((await show(code)).state).toBe('revoked');
      await restoreCertificate(as(actor), { code });
      expect((await show(code)).state).toBe('valid');
    }
    await expect(revokeCertificate(as(teacher), { code, reason: '  ' })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('it is by nobody past the program either', async () => {
    const { code, student } = await finished();
    const client = await database.connections.pool.connect();
    for (const person of [student, await aPerson(database), await aPerson(database, 'INSTRUCTOR')]) {
      await client.query('begin');
      await client.query("select set_config('app.user_id', $1, true), set_config('app.user_role', $2, true)", [person.id, person.role]);
      await expect(client.query("select * from judge_certificate($1, 'No.', now())", [code])).rejects.toMatchObject({ code: '42501' });
      await client.query('rollback');
    }
    client.release();
  });

  test('its holder is told by mail, also when it holds again, and both deeds are written down', async () => {
    const { code, student, teacher } = await finished();
    await revokeCertificate(as(teacher), { code, reason: 'Somebody else’s work.' });
    await restoreCertificate(as(teacher), { code });
    await school.runJobs();
    const mails = (await school.mailsTo(student.email)).filter(({ kind }) => kind.startsWith('learning.'));
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Your certificate for “Looms & algebra” was revoked',
      'Your certificate for “Looms & algebra” holds again',
    ]);
    expect(mails[0]!.text).toContain('Somebody else’s work.');
    expect(mails[0]!.text).toContain(`http://localhost:3000/certificates/${code}`);
    const { rows } = await database.owner.query('select action, after from audit_log where subject_id = $1 order by sequence', [
      student.id,
    ]);
    expect(rows).toEqual([
      { action: 'learning.certificateRevoked', after: { code, reason: 'Somebody else’s work.' } },
      { action: 'learning.certificateRestored', after: { code } },
    ]);
  });
});

describe('whose holder closes their account', () => {
  test('it names nobody any more, and gives no paper', async () => {
    const { code, student, teacher } = await finished();
    expect(await closePerson(as(system), student.id)).toEqual({ kind: 'closed' });
    const shown = await show(code, teacher);
    expect(shown).toMatchObject({ state: 'nameless', name: null, course: { title: 'Looms & algebra' } });
    const { rows } = await database.owner.query(
      "select snapshot::text || coalesce(revoked_reason, '') as all from certificates where code = $1",
      [code],
    );
    expect(rows[0].all).not.toContain('Ada');
    await expect(certificatePdf(as(guest), { code })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('one’s own certificates', () => {
  test('are listed from the last one on, page by page, each once, in one query however many there are', async () => {
    const student = await aPerson(database);
    const instructorId = (await aPerson(database, 'INSTRUCTOR')).id;
    const none = await statementsOf(() => myCertificates(as(student), {}));
    for (let number = 1; number <= 26; number += 1) {
      const course = await aCourse(database, { title: `Course ${number}`, instructorId, chapters: [{ lessons: [{}] }] });
      await finish(student, course, new Date(Date.UTC(2026, 0, Math.ceil(number / 2))));
    }
    const first = await myCertificates(as(student), {});
    const second = await myCertificates(as(student), { before: first.older });
    expect([first.certificates.length, first.isFirstPage, second.certificates.length, second.isFirstPage, second.older]).toEqual([
      24,
      true,
      2,
      false,
      null,
    ]);
    const titles = [...first.certificates, ...second.certificates].map(({ course }) => course);
    expect(titles).toEqual(Array.from({ length: 26 }, (_, index) => `Course ${26 - index}`));
    expect(await statementsOf(() => myCertificates(as(student), {}))).toEqual(none);
    expect((await myCertificates(as(student), { before: 'anything' })).certificates).toEqual(first.certificates);
  });

  test('are one’s own alone, for an admin too, and for nobody who is not signed in', async () => {
    await finished();
    expect((await myCertificates(as(await aPerson(database, 'ADMIN')), {})).certificates).toEqual([]);
    await expect(myCertificates(as(guest), {})).rejects.toMatchObject({ code: 'sign-in-required' });
  });
});

test('who has finished is led to the certificate, by the course’s page and by the classroom, while it holds', async () => {
  const { code, student, teacher, course } = await finished();
  const ways = async () => [
    await courseStanding(as(student), { slug: course.slug }),
    await courseEntry(as(student), { slug: course.slug }),
  ];
  expect(await ways()).toMatchObject([
    { step: 'certificate', certificateCode: code },
    { kind: 'finished', course: { certificateCode: code } },
  ]);
  await revokeCertificate(as(teacher), { code, reason: 'Copied.' });
  expect(await ways()).toMatchObject([
    { step: 'review', certificateCode: null },
    { kind: 'finished', course: { certificateCode: null } },
  ]);
});
