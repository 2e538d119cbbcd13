import { beforeAll, expect, test } from 'vitest';
import { aCourse, aPerson, joinCourse } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import {
  completeLesson,
  courseStanding,
  enrollInCourse,
  exportStudents,
  extendGrant,
  giveAccess,
  restoreGrant,
  revokeGrant,
  studentPage,
  studentsPage,
} from '../index.server.ts';

const database = testDatabase({ poolSize: 8 });
const school = testProcess(database);
let owner: Someone;
beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR', { name: 'Grace' });
});

type Someone = Awaited<ReturnType<typeof aPerson>>;
const now = new Date('2026-05-04T10:00:00Z');
const later = new Date('2026-07-01T00:00:00Z');
const mine = (moment = now) => database.context(owner, moment);
const paid = () => aCourse(database, { instructorId: owner.id, isFree: false });
const give = (slug: string, who: Someone, expiresAt: Date | null = null) => giveAccess(mine(), { slug, email: who.email, expiresAt });
const stepOf = async (who: Someone, slug: string, moment = now) => (await courseStanding(database.context(who, moment), { slug })).step;
const lines = async (slug: string, wish: object = {}) => (await studentsPage(mine(), { slug, ...wish })).students;
const only = async (slug: string) => studentPage(mine(), { slug, id: (await lines(slug))[0]!.id });

test('somebody is let in by their address, once, is counted, and hears of it', async () => {
  const { id, slug } = await paid();
  const ada = await aPerson(database, 'STUDENT', { name: 'Ada' });
  const answers = await Promise.all([give(slug, ada), give(slug, ada), give(slug, ada)]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'given']);
  expect(await stepOf(ada, slug)).toBe('start');
  await school.runJobs();
  expect((await school.mailsTo(ada.email)).map(({ subject }) => subject)).toEqual([`“The course ${slug}” is open to you`]);
  const { rows } = await database.owner.query(
    "select (select count(*)::int from access_grants where course_id = $1 and source = 'MANUAL') as grants, student_count as students from courses where id = $1",
    [id],
  );
  expect(rows).toEqual([{ grants: 1, students: 1 }]);
});

test('an address that nobody has is said to be nobody’s, and a day that has passed is refused', async () => {
  const { slug } = await paid();
  const ada = await aPerson(database);
  await expect(giveAccess(mine(), { slug, email: 'nobody@school.test', expiresAt: null })).rejects.toMatchObject({
    fields: { email: expect.stringMatching(/make an account/) },
  });
  await expect(giveAccess(mine(), { slug, email: 'nonsense', expiresAt: null })).rejects.toMatchObject({ code: 'invalid' });
  await expect(give(slug, ada, new Date(0))).rejects.toMatchObject({ fields: { expiresAt: expect.any(String) } });
});

test('access that is taken away ends at once, and comes back as it was', async () => {
  const { slug } = await paid();
  const ada = await aPerson(database);
  await give(slug, ada);
  const { grants } = await only(slug);
  expect(grants).toMatchObject([{ source: 'MANUAL', isLive: true }]);
  for (let time = 0; time < 2; time += 1)
    expect(await revokeGrant(mine(), { slug, grantId: grants[0]!.id, reason: 'Left the class' })).toEqual({ hasAccess: false });
  expect(await stepOf(ada, slug)).toBe('purchase');
  expect(await only(slug)).toMatchObject({ student: { state: 'ended' }, grants: [{ isLive: false, reason: 'Left the class' }] });
  await restoreGrant(mine(), { slug, grantId: grants[0]!.id });
  expect(await stepOf(ada, slug)).toBe('start');
});

test('taking one grant away keeps access while another lives', async () => {
  const { id, slug } = await paid();
  const ada = await aPerson(database);
  await give(slug, ada);
  await database.owner.query(
    "insert into access_grants (id, user_id, course_id, source, starts_at) values (gen_random_uuid(), $1, $2, 'GIFT', '2026-05-01')",
    [ada.id, id],
  );
  const { grants } = await only(slug);
  const [one, other] = [grants.find(({ source }) => source === 'MANUAL')!, grants.find(({ source }) => source === 'GIFT')!];
  expect(await revokeGrant(mine(), { slug, grantId: one.id, reason: '' })).toEqual({ hasAccess: true });
  expect(await stepOf(ada, slug)).toBe('start');
  expect(await revokeGrant(mine(), { slug, grantId: other.id, reason: '' })).toEqual({ hasAccess: false });
  expect(await stepOf(ada, slug)).toBe('purchase');
});

test('access ends on its day, and may be made longer', async () => {
  const { slug } = await paid();
  const ada = await aPerson(database);
  await give(slug, ada, new Date('2026-06-01T00:00:00Z'));
  expect(await stepOf(ada, slug, later)).toBe('purchase');
  const { grants } = await only(slug);
  await extendGrant(mine(), { slug, grantId: grants[0]!.id, expiresAt: new Date('2026-08-01T00:00:00Z') });
  expect(await stepOf(ada, slug, later)).toBe('start');
  await extendGrant(mine(), { slug, grantId: grants[0]!.id, expiresAt: null });
  expect(await only(slug)).toMatchObject({ student: { accessUntil: null } });
  await expect(extendGrant(mine(), { slug, grantId: grants[0]!.id, expiresAt: new Date(0) })).rejects.toMatchObject({ code: 'invalid' });
});

test('what is free to all, or was bought, is not taken away by hand', async () => {
  const { slug } = await aCourse(database, { instructorId: owner.id });
  await enrollInCourse(database.context(await aPerson(database), now), { courseSlug: slug });
  const { grants } = await only(slug);
  await expect(revokeGrant(mine(), { slug, grantId: grants[0]!.id, reason: '' })).rejects.toMatchObject({ code: 'not-found' });
});

test('who was suspended by the school is not let in by hand', async () => {
  const { id, slug } = await paid();
  const ada = await aPerson(database);
  await give(slug, ada);
  await database.owner.query('update access_grants set revoked_at = now() where course_id = $1', [id]);
  await database.owner.query("update enrollments set status = 'SUSPENDED' where course_id = $1", [id]);
  await expect(give(slug, ada)).rejects.toMatchObject({ code: 'conflict' });
  expect(await lines(slug)).toMatchObject([{ state: 'suspended' }]);
});

test('the list is searched and filtered, goes on by key, and does not grow in queries', async () => {
  const course = await aCourse(database, { instructorId: owner.id, chapters: [{ lessons: [{}] }] });
  const { slug } = course;
  const people: Someone[] = [];
  for (let number = 0; number < 27; number += 1) {
    const person = await aPerson(database, 'STUDENT', { name: number === 3 ? 'Zoë Quick' : `Learner ${number}` });
    people.push(person);
    await enrollInCourse(database.context(person, now), { courseSlug: slug });
    if (number === 0) expect(await statementsOf(() => studentsPage(mine(), { slug }))).toHaveLength(2);
  }
  await completeLesson(database.context(people[3]!, now), { courseSlug: slug, lessonSlug: course.lessons[0]!.slug });
  const first = await studentsPage(mine(), { slug });
  expect(first.students.map(({ name }) => name).slice(0, 2)).toEqual(['Learner 26', 'Learner 25']);
  const second = await studentsPage(mine(), { slug, before: first.next });
  expect([first.students.length, second.students.length, second.next]).toEqual([25, 2, null]);
  expect(await lines(slug, { search: 'zoe' })).toMatchObject([{ name: 'Zoë Quick', state: 'finished', progressPercent: 100 }]);
  expect(await lines(slug, { state: 'finished' })).toHaveLength(1);
  expect(await lines(slug, { search: '%' })).toHaveLength(0);
  expect(await statementsOf(() => studentsPage(mine(), { slug }))).toHaveLength(2);
  expect(await statementsOf(() => only(slug))).toHaveLength(5);
});

test('a student’s page says how far they are with each lesson', async () => {
  const course = await aCourse(database, { instructorId: owner.id, chapters: [{ lessons: [{}, { isRequired: false }] }] });
  const ada = await aPerson(database);
  await enrollInCourse(database.context(ada, now), { courseSlug: course.slug });
  await completeLesson(database.context(ada, now), { courseSlug: course.slug, lessonSlug: course.lessons[0]!.slug });
  expect((await only(course.slug)).chapters).toMatchObject([
    {
      lessons: [
        { state: 'completed', isRequired: true },
        { state: 'not-begun', isRequired: false },
      ],
    },
  ]);
});

test('the list leaves as CSV, piece by piece, and runs no formula', async () => {
  const { slug } = await paid();
  await give(slug, await aPerson(database, 'STUDENT', { name: '=cmd()' }));
  const pieces: string[] = [];
  for await (const piece of await exportStudents(mine(), { slug })) pieces.push(piece);
  const [head, row] = pieces.join('').split('\r\n');
  expect(head).toBe('\uFEFFname,state,progress,enrolled,lastseen,completed,accessuntil');
  expect(row).toMatch(/^'=cmd\(\),learning,0,2026-05-04/);
});

test('assistants see the students and let nobody in; to everybody else the course is not there', async () => {
  const { id, slug } = await paid();
  const [assistant, co, stranger, ada] = await Promise.all([
    aPerson(database),
    aPerson(database),
    aPerson(database, 'INSTRUCTOR'),
    aPerson(database),
  ]);
  await joinCourse(database, id, assistant.id, 'ASSISTANT');
  await joinCourse(database, id, co.id, 'CO_INSTRUCTOR');
  expect(await giveAccess(database.context(co, now), { slug, email: ada.email, expiresAt: null })).toMatchObject({ kind: 'given' });
  const { grants, student } = await only(slug);
  const grant = { slug, grantId: grants[0]!.id };
  const seen = await studentsPage(database.context(assistant, now), { slug });
  expect(seen).toMatchObject({ course: { mayGrant: false }, students: [{ id: student.id }] });
  expect(await studentPage(database.context(assistant, now), { slug, id: student.id })).toMatchObject({ grants: [{ isLive: true }] });
  for (const [actor, code] of [
    [assistant, 'forbidden'],
    [stranger, 'not-found'],
    [ada, 'not-found'],
  ] as const) {
    const ctx = database.context(actor, now);
    await expect(giveAccess(ctx, { slug, email: ada.email, expiresAt: null })).rejects.toMatchObject({ code });
    await expect(revokeGrant(ctx, { ...grant, reason: '' })).rejects.toMatchObject({ code });
    await expect(restoreGrant(ctx, grant)).rejects.toMatchObject({ code });
    await expect(extendGrant(ctx, { ...grant, expiresAt: null })).rejects.toMatchObject({ code });
  }
  for (const actor of [stranger, ada, guest]) {
    await expect(studentsPage(database.context(actor, now), { slug })).rejects.toMatchObject({ code: 'not-found' });
    await expect(studentPage(database.context(actor, now), { slug, id: student.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(exportStudents(database.context(actor, now), { slug })).rejects.toMatchObject({ code: 'not-found' });
  }
});

test('a student of another course is not there, whatever course one asks in', async () => {
  const [one, other] = [await paid(), await paid()];
  await give(one.slug, await aPerson(database));
  const { student, grants } = await only(one.slug);
  await expect(studentPage(mine(), { slug: other.slug, id: student.id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(revokeGrant(mine(), { slug: other.slug, grantId: grants[0]!.id, reason: '' })).rejects.toMatchObject({ code: 'not-found' });
});
