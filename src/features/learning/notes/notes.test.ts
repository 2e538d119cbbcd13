import { describe, expect, test } from 'vitest';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type CourseWish, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { addNote, changeNote, deleteNote, enrollInCourse, exportNotes, lessonPage, myNotes } from '../index.server.ts';

const database = testDatabase();
testProcess(database);

type Actor = Parameters<TestDatabase['context']>[0];
type Learner = Awaited<ReturnType<typeof aPerson>>;

async function enrolled(wish: CourseWish = { chapters: [{ lessons: [{ type: 'VIDEO' }, {}] }] }, student?: Learner) {
  const course = await aCourse(database, wish);
  const learner = student ?? (await aPerson(database));
  await enrollInCourse(database.context(learner), { courseSlug: course.slug });
  return { course, student: learner };
}

const address = (course: MadeCourse, index = 0) => ({ courseSlug: course.slug, lessonSlug: course.lessons[index]!.slug });
const write = (actor: Actor, course: MadeCourse, text: string, { at = '', index = 0, id = newId() as string } = {}) =>
  addNote(database.context(actor), { ...address(course, index), id, at, text });
const beside = async (actor: Actor, course: MadeCourse, index = 0, notesAfter?: string | null) =>
  (await lessonPage(database.context(actor), { ...address(course, index), notesAfter })).notes;
const mine = (actor: Actor, input: Parameters<typeof myNotes>[1] = {}) => myNotes(database.context(actor), input);
const endAccess = (student: Learner) =>
  database.owner.query('update access_grants set revoked_at = now() where user_id = $1', [student.id]);

async function exported(actor: Actor, course?: string): Promise<string> {
  let text = '';
  for await (const piece of exportNotes(database.context(actor), { course })) text += piece;
  return text;
}

describe('beside a lesson', () => {
  test('notes stand in the order of the film, those without a moment last, their Markdown made to safe HTML', async () => {
    const { course, student } = await enrolled();
    await write(student, course, 'At the end');
    await write(student, course, 'Later', { at: '1:15' });
    await write(student, course, '**Bold** <script>alert(1)</script> [x](javascript:alert(1))', { at: '0:05' });
    const shown = await beside(student, course);
    expect(shown?.notes.map((note) => [note.atSeconds, note.text.slice(0, 8)])).toEqual([
      [5, '**Bold**'],
      [75, 'Later'],
      [null, 'At the e'],
    ]);
    expect(shown?.notes[0]?.html).toContain('<strong>Bold</strong>');
    expect(shown?.notes[0]?.html).not.toMatch(/<script|href="javascript/);
  });

  test('a lesson without a film has no moments', async () => {
    const { course, student } = await enrolled();
    await write(student, course, 'Words', { at: '1:15', index: 1 });
    expect((await beside(student, course, 1))?.notes).toMatchObject([{ atSeconds: null }]);
  });

  test('the same form sent twice is one note', async () => {
    const { course, student } = await enrolled();
    const id = (await beside(student, course))!.nextId;
    await Promise.all([write(student, course, 'Once', { id }), write(student, course, 'Once', { id })]);
    expect((await beside(student, course))?.notes).toHaveLength(1);
  });

  test('an empty note, one that is too long and one at no moment are refused at their fields', async () => {
    const { course, student } = await enrolled();
    await expect(write(student, course, '  \n ')).rejects.toMatchObject({ code: 'invalid', fields: { text: expect.anything() } });
    await expect(write(student, course, 'x'.repeat(10_001))).rejects.toMatchObject({ fields: { text: expect.anything() } });
    await expect(write(student, course, 'x', { at: 'soon' })).rejects.toMatchObject({ fields: { at: expect.anything() } });
    await write(student, course, 'x'.repeat(10_000));
    expect((await beside(student, course))?.notes).toHaveLength(1);
  });

  test('more than a page of them is shown page by page, each note once', async () => {
    const { course, student } = await enrolled();
    for (let index = 0; index < 65; index += 1)
      await database.owner.query('insert into notes (id, user_id, lesson_id, at_seconds, text) values ($1, $2, $3, $4, $5)', [
        newId(),
        student.id,
        course.lessons[0]!.id,
        index % 3 === 0 ? null : Math.floor(index / 4),
        `Note ${index}`,
      ]);
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let place: string | null | undefined; place !== null; ) {
      const shown = await beside(student, course, 0, place);
      seen.push(...shown!.notes.map((note) => note.id));
      sizes.push(shown!.notes.length);
      place = shown!.following;
    }
    expect(sizes).toEqual([30, 30, 5]);
    expect(new Set(seen).size).toBe(65);
    expect((await beside(student, course, 0, 'nonsense'))?.isFirstPage).toBe(true);
  });

  test('they cost the lesson’s page no further query', async () => {
    const { course, student } = await enrolled();
    const none = await statementsOf(() => beside(student, course));
    for (let index = 0; index < 12; index += 1) await write(student, course, `Note ${index}`);
    expect([none.length, (await statementsOf(() => beside(student, course))).length]).toEqual([2, 2]);
  });
});

describe('who may', () => {
  test('write beside a lesson: whoever is signed in and has it open', async () => {
    const course = await aCourse(database, { chapters: [{ lessons: [{}, { visibility: 'PREVIEW' }] }] });
    const stranger = await aPerson(database);
    await expect(write(guest, course, 'x')).rejects.toMatchObject({ code: 'sign-in-required' });
    await expect(write(stranger, course, 'x')).rejects.toMatchObject({ code: 'forbidden' });
    await write(stranger, course, 'From the preview', { index: 1 });
    expect((await mine(stranger)).notes).toHaveLength(1);
    expect(await beside(guest, course, 1)).toBeNull();
  });

  test('read them: nobody but their writer, not another student, nor who teaches or assists, nor an admin', async () => {
    const { course, student } = await enrolled();
    await write(student, course, 'Nobody’s business');
    const other = (await enrolled({}, undefined)).student;
    await enrollInCourse(database.context(other), { courseSlug: course.slug });
    const teacher = { ...(await aPerson(database, 'INSTRUCTOR')), id: course.instructorId };
    const assistant = await aPerson(database, 'INSTRUCTOR');
    const assists = `insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')`;
    await database.owner.query(assists, [course.id, assistant.id]);
    const admin = await aPerson(database, 'ADMIN');
    const everything = statement<{ id: string }>('select id from notes');
    for (const actor of [other, teacher, assistant, admin]) {
      expect((await beside(actor, course))?.notes).toEqual([]);
      expect((await mine(actor)).notes).toEqual([]);
      expect(await exported(actor)).not.toContain('business');
      // Beneath the program, with no condition at all.
      if (actor !== admin) expect(await asActor(database.context(actor), (sql) => sql(everything))).toEqual([]);
    }
  });

  test('change and delete them: nobody but their writer, who is not told of others’', async () => {
    const { course, student } = await enrolled();
    await write(student, course, 'Mine');
    const [note] = (await mine(student)).notes;
    const { id } = note!;
    for (const actor of [await aPerson(database), await aPerson(database, 'ADMIN')]) {
      await expect(changeNote(database.context(actor), { id, at: '', text: 'Theirs' })).rejects.toMatchObject({ code: 'not-found' });
      await deleteNote(database.context(actor), { id });
    }
    expect((await mine(student)).notes).toMatchObject([{ text: 'Mine' }]);
    await changeNote(database.context(student), { id, at: '2:00', text: 'Mine, and better' });
    expect((await mine(student)).notes).toMatchObject([{ text: 'Mine, and better', atSeconds: 120 }]);
    await deleteNote(database.context(student), { id });
    await deleteNote(database.context(student), { id });
    expect((await mine(student)).notes).toEqual([]);
  });

  test('after access has ended notes stay their writer’s, to read, change and take along, and no new one comes', async () => {
    const { course, student } = await enrolled();
    await write(student, course, 'Kept');
    await endAccess(student);
    expect(await beside(student, course)).toMatchObject({ mayAdd: false, notes: [{ text: 'Kept' }] });
    const [note] = (await mine(student)).notes;
    await changeNote(database.context(student), { id: note!.id, at: '', text: 'Kept well' });
    expect(await exported(student)).toContain('Kept well');
    await expect(write(student, course, 'One more')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('nobody saves without end', async () => {
    const { course, student } = await enrolled();
    await database.owner.query(`insert into rate_limits (key, points, expire) values ($1, 120, $2)`, [
      `notes:${student.id}`,
      Date.now() + 60_000,
    ]);
    await expect(write(student, course, 'One too many')).rejects.toMatchObject({ code: 'too-many' });
  });
});

describe('all notes', () => {
  test('stand newest first, with the way to their lesson, on the writer’s own calendar', async () => {
    const student = await aPerson(database, 'STUDENT', { timeZone: 'Asia/Tokyo' });
    const { course } = await enrolled(undefined, student);
    await write(student, course, 'First', { at: '0:10' });
    await write(student, course, 'Second', { index: 1 });
    const shown = await myNotes(database.context(student), {});
    expect(shown.notes.map((note) => note.text)).toEqual(['Second', 'First']);
    expect(shown.notes[1]).toMatchObject({ courseSlug: course.slug, lessonSlug: 'lesson-1', isVideo: true, atSeconds: 10 });
    expect(shown.courses).toEqual([{ slug: course.slug, title: `The course ${course.slug}` }]);
  });

  test('are found by every word, without accents or case, and with signs as they are', async () => {
    const { course, student } = await enrolled();
    await write(student, course, 'Crème brûlée at 100 %');
    await write(student, course, 'Cream of the crop');
    const found = async (search: string) => (await mine(student, { search })).notes.map((note) => note.text);
    expect(await found('CREME')).toEqual(['Crème brûlée at 100 %']);
    expect(await found('brulee 100')).toEqual(['Crème brûlée at 100 %']);
    expect(await found('100 %')).toEqual(['Crème brûlée at 100 %']);
    expect(await found('%')).toEqual(['Crème brûlée at 100 %']);
    expect(await found('cr_m')).toEqual([]);
    expect(await found('lesson-1')).toHaveLength(2);
    expect(await found(`'; drop table notes; --`)).toEqual([]);
  });

  test('of one course stand alone', async () => {
    const first = await enrolled();
    const second = await enrolled(undefined, first.student);
    await write(first.student, first.course, 'Of the first');
    await write(first.student, second.course, 'Of the second');
    expect((await mine(first.student, { course: first.course.slug })).notes.map((note) => note.text)).toEqual(['Of the first']);
    expect((await mine(first.student, { course: 'no-such-course' })).notes).toEqual([]);
  });

  test('are shown page by page, at two queries however many there are', async () => {
    const { course, student } = await enrolled();
    await write(student, course, 'The first');
    const few = await statementsOf(() => mine(student, { search: 'first' }));
    for (let index = 0; index < 44; index += 1) await write(student, course, `Note ${index}`);
    const many = await statementsOf(() => mine(student));
    expect([few.length, many.length]).toEqual([2, 2]);
    const seen: string[] = [];
    for (let before: string | null | undefined; before !== null; ) {
      const shown = await mine(student, { before });
      seen.push(...shown.notes.map((note) => note.id));
      before = shown.older;
    }
    expect([seen.length, new Set(seen).size]).toEqual([45, 45]);
  });
});

describe('the export', () => {
  test('is Markdown under courses, chapters and lessons, in their order, with moments', async () => {
    const { course, student } = await enrolled({
      title: 'Knots *and* ropes',
      chapters: [{ lessons: [{ type: 'VIDEO' }, {}] }, { lessons: [{}] }],
    });
    await write(student, course, 'In chapter two', { index: 2 });
    await write(student, course, '- a list\n- of two', { index: 0, at: '1:15' });
    await write(student, course, 'Before that', { index: 0, at: '0:05' });
    const titles = (
      await database.owner.query<{ title: string }>('select title from lessons where course_id = $1 order by slug', [course.id])
    ).rows;
    expect(await exported(student, course.slug)).toBe(
      [
        '# Notes\n',
        '## Knots \\*and\\* ropes\n',
        '### Chapter 1\n',
        `#### ${titles[0]!.title}\n`,
        '**0:05** · 2026-05-04\n',
        'Before that\n',
        '**1:15** · 2026-05-04\n',
        '- a list\n- of two\n',
        '### Chapter 2\n',
        `#### ${titles[2]!.title}\n`,
        '2026-05-04\n',
        'In chapter two\n',
      ].join('\n'),
    );
  });

  test('of hundreds of notes over several courses has each once, under headings that stand once', async () => {
    const student = await aPerson(database);
    const courses = [];
    for (const title of ['Same title', 'Same title', 'Another'])
      courses.push((await enrolled({ title, chapters: [{ lessons: [{ type: 'VIDEO' }, {}] }] }, student)).course);
    for (let index = 0; index < 330; index += 1) {
      const course = courses[index % 3]!;
      await database.owner.query('insert into notes (id, user_id, lesson_id, at_seconds, text) values ($1, $2, $3, $4, $5)', [
        newId(),
        student.id,
        course.lessons[index % 2]!.id,
        index % 5 === 0 ? null : index,
        `Note number ${index}.`,
      ]);
    }
    const text = await exported(student);
    const numbers = [...text.matchAll(/Note number (\d+)\./g)].map(([, number]) => Number(number));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 330 }, (_, index) => index));
    expect([...text.matchAll(/^## .*/gm)].map(([line]) => line)).toEqual(['## Another', '## Same title', '## Same title']);
    expect([...text.matchAll(/^#### .*/gm)]).toHaveLength(6);
  });

  test('of nothing says so, and a guest is told to sign in before the first piece', async () => {
    expect(await exported(await aPerson(database))).toBe('# Notes\n\nNothing is written down yet.\n');
    expect(() => exportNotes(database.context(guest), {})).toThrow(expect.objectContaining({ code: 'sign-in-required' }));
  });
});
