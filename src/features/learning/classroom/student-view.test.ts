import { beforeAll, describe, expect, test } from 'vitest';
import { aCourse, aPerson, type CourseWish, type MadeCourse } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { enrollInCourse, lessonPage } from '../index.server.ts';

type Person = Awaited<ReturnType<typeof aPerson>>;

const database = testDatabase();
testProcess(database);
let owner: Person;
beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
});

const made = (wish: CourseWish = {}) => aCourse(database, { instructorId: owner.id, ...wish });
const page = (actor: Person, course: MadeCourse, index: number, asStudent: boolean) =>
  lessonPage(database.context(actor), { courseSlug: course.slug, lessonSlug: course.lessons[index]!.slug, asStudent });

describe('whoever teaches a course, looking at it as a student', () => {
  test('meets what a student meets who enrolls now: open lessons, those that open later, and none that are hidden', async () => {
    const course = await made({
      status: 'DRAFT',
      chapters: [
        { lessons: [{}, { visibility: 'PRIVATE' }, { published: false }] },
        { releaseAfterDays: 3, lessons: [{}, { visibility: 'PREVIEW' }] },
      ],
    });
    const first = await page(owner, course, 0, true);
    expect([first.content.kind, first.isStudentView, first.isLearner]).toEqual(['open', true, true]);
    expect(first.outline.chapters.map(({ opens, lessons }) => [opens, lessons.map(({ lock }) => lock)])).toEqual([
      [null, [null]],
      ['May 7, 2026 at 10:00 AM UTC', ['not-yet', null]],
    ]);
    await expect(page(owner, course, 1, true)).rejects.toMatchObject({ code: 'not-found' });
    expect((await page(owner, course, 2, true)).content).toMatchObject({ kind: 'locked', reason: 'not-published' });
    expect((await page(owner, course, 3, true)).content).toMatchObject({
      kind: 'locked',
      reason: 'not-yet',
      opens: 'May 7, 2026 at 10:00 AM UTC',
    });
    for (const index of [0, 1, 2, 3, 4]) expect((await page(owner, course, index, false)).content.kind).toBe('open');
  });

  test('keeps nothing: no progress is shown or reported, and no notes are taken', async () => {
    const course = await made({ chapters: [{ lessons: [{ type: 'VIDEO', seconds: 60 }] }] });
    await enrollInCourse(database.context(owner), { courseSlug: course.slug });
    expect((await page(owner, course, 0, false)).progress).not.toBeNull();
    expect(await page(owner, course, 0, true)).toMatchObject({ progress: null, notes: null });
  });

  test('costs as many queries as any lesson', async () => {
    const course = await made();
    expect((await statementsOf(() => page(owner, course, 0, true))).length).toBe(2);
  });
});

test('asking for it changes nothing for a student, and opens nothing to a stranger', async () => {
  const course = await made({ chapters: [{ releaseAfterDays: 3, lessons: [{}, {}] }] });
  const student = await aPerson(database);
  await enrollInCourse(database.context(student), { courseSlug: course.slug });
  for (const actor of [student, await aPerson(database)]) {
    const [plain, asked] = [await page(actor, course, 0, false), await page(actor, course, 0, true)];
    expect({ ...asked, notes: null }).toEqual({ ...plain, notes: null });
    expect([asked.isStudentView, asked.content.kind]).toEqual([false, 'locked']);
  }
});
