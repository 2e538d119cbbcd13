import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import { type LessonId, newId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { createTestDatabase, guest, system, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { type PackagePart, playSeal, recordPackage } from '../../packages/index.server.ts';
import { beginPart, enrollInCourse, lessonPage, reportPart } from '../index.server.ts';

let database: TestDatabase;
let school: TestProcess;
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  school = startTestProcess(database);
});
afterAll(async () => {
  await school.close();
  await database.drop();
});

const now = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const part = (id: string, more: Partial<PackagePart> = {}): PackagePart => ({
  id,
  title: `Part ${id}`,
  heading: null,
  href: `${id}.html?a=1`,
  isAsset: false,
  masteryScore: null,
  maxTimeAllowed: '',
  timeLimitAction: '',
  launchData: '',
  ...more,
});

type Learner = Awaited<ReturnType<typeof aPerson>>;
let course: MadeCourse;
let student: Learner;
let parts: PackagePart[];

async function putParts(of: MadeCourse, wanted: PackagePart[], sha256 = 'a'): Promise<void> {
  await recordPackage(database.context(system), {
    lessonId: of.lessons[0]!.id as LessonId,
    stored: {
      manifest: { identifier: 'test', version: '1', title: 'A package', parts: wanted },
      files: [{ path: 'one.html', key: `packages/${'a'.repeat(2)}/${'b'.repeat(62)}`, contentType: 'text/html', sizeBytes: 12 }],
      sha256: sha256.repeat(64),
    },
  });
}

beforeEach(async () => {
  course = await aCourse(database, { chapters: [{ lessons: [{ type: 'PACKAGE' }, { isRequired: false }] }] });
  parts = [part('one'), part('two', { masteryScore: 80 })];
  await putParts(course, parts);
  student = await aPerson(database, 'STUDENT', { name: 'Ada Lovelace', timeZone: 'Europe/Berlin' });
  await enrollInCourse(database.context(student, now), { courseSlug: course.slug });
});

const address = () => ({ courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });

/** The seal that the lesson's page gives to somebody. */
async function sealFor(actor: Actor, at = now): Promise<string> {
  const { content } = await lessonPage(database.context(actor, at), address());
  if (content.kind !== 'open' || !content.package) throw new Error('The lesson is not open');
  return content.package.playPath.split('/')[2]!;
}

/** Somebody at the packages' address: without cookies. */
const visiting = (at = now): Context => database.context(guest, at);

/** A player of ours, opened now. */
async function player(of = 'one', actor: Actor = student) {
  const seal = await sealFor(actor);
  const begun = await beginPart(visiting(), { seal, place: parts.findIndex(({ id }) => id === of) });
  let sequence = 0;
  return {
    begun,
    report: (more: Record<string, unknown> = {}, at = later(3600)) => {
      sequence += 1;
      const report = { part: of, launch: launchAt(now), run: 0, sequence, values: {}, seconds: 0, ending: 'none', ...more };
      return reportPart(visiting(at), { seal, report: more.launch ? report : { ...report, launch } });
    },
  };
}
/** A UUIDv7 of a moment. */
const launchAt = (moment: Date) => {
  const hex = moment.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${newId().slice(15)}`;
};
let launch = launchAt(now);
beforeEach(() => {
  launch = launchAt(now);
});

async function attempts() {
  const { rows } = await database.owner.query<Record<string, unknown>>(
    `select a.part, a.status, a.score_raw::float as score, a.total_seconds as seconds, a.values, a.completed_at is not null as done
       from package_attempts a join enrollments e on e.id = a.enrollment_id where e.user_id = $1 order by a.part`,
    [student.id],
  );
  return rows;
}
async function enrollment() {
  const { rows } = await database.owner.query<{ status: string; percent: number; watched: number; last: string }>(
    'select status, progress_percent as percent, watch_seconds as watched, last_lesson_id as last from enrollments where user_id = $1',
    [student.id],
  );
  return rows[0]!;
}

test('a part begins with who the learner is and where they were', async () => {
  const first = await player();
  expect(first.begun).toMatchObject({ title: 'Part one', part: 'one', href: 'one.html?a=1', records: true });
  expect(first.begun.values).toMatchObject({
    'cmi.core.student_name': 'Ada Lovelace',
    'cmi.core.entry': 'ab-initio',
    'cmi.core.credit': 'credit',
  });
  await first.report({ values: { 'cmi.suspend_data': 'page 3', 'cmi.core.exit': 'suspend' } });
  const second = await player();
  expect(second.begun.values).toMatchObject({ 'cmi.suspend_data': 'page 3', 'cmi.core.entry': 'resume' });
});

test('status, score, time and everything that the content sets are kept', async () => {
  const { report } = await player('two');
  const values = {
    'cmi.core.score.raw': '90',
    'cmi.core.score.max': '100',
    'cmi.core.session_time': '0000:20:00',
    'cmi.interactions.0.id': 'q1',
    'cmi.objectives.0.status': 'passed',
  };
  expect(await report({ values, ending: 'finished' })).toEqual({ status: 'passed', lessonCompleted: false, courseCompleted: false });
  expect(await attempts()).toEqual([{ part: 'two', status: 'passed', score: 90, seconds: 1200, values, done: true }]);
  expect(await enrollment()).toMatchObject({ watched: 1200, last: course.lessons[0]!.id });
  const { rows } = await database.owner.query('select local_date::text as day, seconds from learning_days where user_id = $1', [
    student.id,
  ]);
  expect(rows).toEqual([{ day: '2026-05-04', seconds: 1200 }]);
});

test('the last part that is done completes the lesson and its course, and tells it once', async () => {
  const one = await player('one');
  expect(await one.report({ ending: 'finished' })).toMatchObject({ status: 'completed', lessonCompleted: false });
  launch = launchAt(now);
  const two = await player('two');
  expect(await two.report({ values: { 'cmi.core.score.raw': '20' }, ending: 'finished' })).toMatchObject({
    status: 'failed',
    lessonCompleted: false,
  });
  expect(await enrollment()).toMatchObject({ status: 'ACTIVE', percent: 0 });
  launch = launchAt(now);
  const again = await player('two');
  const passed = { values: { 'cmi.core.score.raw': '80' }, ending: 'finished' };
  expect(await again.report(passed)).toEqual({ status: 'passed', lessonCompleted: true, courseCompleted: true });
  expect(await again.report(passed)).toEqual({ status: 'passed', lessonCompleted: true, courseCompleted: false });
  expect(await enrollment()).toMatchObject({ status: 'COMPLETED', percent: 100 });
  const { rows } = await database.owner.query(
    'select from certificates c join enrollments e on e.id = c.enrollment_id where e.user_id = $1',
    [student.id],
  );
  expect(rows).toHaveLength(1);
});

test('two windows lose nothing: their reports take turns, and the same report again changes nothing', async () => {
  const windows = [await player(), await player()];
  const launches = windows.map(() => launchAt(now));
  const sent = Array.from({ length: 10 }, (_, index) => ({
    window: index % 2,
    sequence: 1 + Math.floor(index / 2),
    name: `cmi.objectives.${index}.id`,
  }));
  const send = ({ window, sequence, name }: (typeof sent)[number]) =>
    windows[window]!.report({ launch: launches[window], sequence, values: { [name]: 'aim' }, seconds: sequence * 60 });
  for (let index = 0; index < sent.length; index += 2) await Promise.all([send(sent[index]!), send(sent[index + 1]!)]);
  const before = await attempts();
  expect(Object.keys(before[0]!.values as object).sort()).toEqual(sent.map(({ name }) => name).sort());
  expect(before[0]).toMatchObject({ seconds: 2 * 5 * 60 });
  await Promise.all(sent.map(send));
  expect(await attempts()).toEqual(before);
  expect(await enrollment()).toMatchObject({ watched: 600 });
});

test('time that cannot have passed is not counted', async () => {
  const { report } = await player();
  await report({ values: { 'cmi.core.session_time': '9000:00:00' } }, later(120));
  expect((await attempts())[0]).toMatchObject({ seconds: 120 });
});

test.each([
  ['an element that is not the content’s to set', { values: { 'cmi.core.student_name': 'Eve' } }],
  ['a value of another form', { values: { 'cmi.core.score.raw': '1000' } }],
  ['more than the data model has room for', { values: { 'cmi.suspend_data': 'x'.repeat(4097) } }],
  ['no known ending', { ending: 'exploded' }],
  ['a launch that is no id', { launch: 'now' }],
])('refused: %s', async (_, more) => {
  const { report } = await player();
  await expect(report(more)).rejects.toMatchObject({ code: 'invalid' });
  expect(await attempts()).toEqual([]);
});

describe('who looks leaves nothing behind', () => {
  const teacher = async () => {
    const { rows } = await database.owner.query<{ id: Learner['id'] }>('select id from users where id = $1', [course.instructorId]);
    return { ...(await aPerson(database, 'ADMIN')), id: rows[0]!.id, role: 'INSTRUCTOR' as const };
  };

  test('who teaches the course sees the package as new, without credit, and is refused when it reports', async () => {
    const staff = await player('one', await teacher());
    expect(staff.begun).toMatchObject({ records: false, values: { 'cmi.core.credit': 'no-credit', 'cmi.core.lesson_mode': 'browse' } });
    await expect(staff.report()).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('so is an admin who acts as the learner', async () => {
    const actedFor: Actor = {
      ...student,
      session: { id: newId<'session'>(), startedAt: now, impersonator: { id: newId<'user'>(), name: 'Ines' } },
    };
    expect((await player('one', actedFor)).begun.records).toBe(false);
  });

  test('and a guest at a preview', async () => {
    await database.owner.query(`update lessons set visibility = 'PREVIEW' where id = $1`, [course.lessons[0]!.id]);
    expect((await player('one', guest)).begun).toMatchObject({ records: false, values: { 'cmi.core.student_name': 'Guest' } });
  });
});

describe('an address plays', () => {
  const begin = (seal: string, at = now) => beginPart(visiting(at), { seal, place: 0 });
  const gone = { code: 'not-found' };

  test('for some hours, and only as it was written', async () => {
    const seal = await sealFor(student);
    await expect(begin(seal, later(5 * 3600))).resolves.toMatchObject({ part: 'one' });
    await expect(begin(seal, later(8 * 3600))).rejects.toMatchObject(gone);
    const other = await aPerson(database);
    await expect(begin(seal.replace(student.id, other.id))).rejects.toMatchObject(gone);
    await expect(begin(seal.replace('.look.', '.keep.').replace(/.$/, '_'))).rejects.toMatchObject(gone);
    for (const made of ['', '.', 'a.b.c.d.e.f', seal.slice(0, -1), `${seal}a`]) await expect(begin(made)).rejects.toMatchObject(gone);
  });

  test('the package that it was made for, until another takes its place', async () => {
    const seal = await sealFor(student);
    await putParts(course, parts, 'b');
    await expect(begin(seal)).rejects.toMatchObject(gone);
    await expect(begin(await sealFor(student))).resolves.toMatchObject({ part: 'one' });
  });

  test('for nobody who is kept out of the school, and keeps nothing when access has ended', async () => {
    const { report } = await player();
    await database.owner.query('update access_grants set revoked_at = $2 where user_id = $1', [student.id, now]);
    await expect(report()).rejects.toMatchObject({ code: 'forbidden' });
    const seal = playSeal(visiting(), { lessonId: course.lessons[0]!.id, edition: 1, viewerId: student.id, records: true });
    await database.owner.query(`update users set banned = true, ban_reason = 'Spam' where id = $1`, [student.id]);
    await expect(begin(seal)).rejects.toMatchObject(gone);
  });
});

test('what was done in a part stays when the package is exchanged for a newer one', async () => {
  const { report } = await player();
  await report({ ending: 'finished' });
  await putParts(course, [part('one', { title: 'Part one, better' }), part('three')], 'c');
  const { content } = await lessonPage(database.context(student, now), address());
  if (content.kind !== 'open') throw new Error('The lesson is not open');
  expect(content.package?.parts).toMatchObject([
    { title: 'Part one, better', attempt: { status: 'completed', isDone: true } },
    { title: 'Part three', attempt: null },
  ]);
});

test('a locked lesson says nothing of its package', async () => {
  const stranger = await aPerson(database);
  const page = await lessonPage(database.context(stranger, now), address());
  expect(page.content.kind).toBe('locked');
  expect(JSON.stringify(page)).not.toContain('/packages/');
});
