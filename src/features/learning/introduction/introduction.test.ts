import { describe, expect, test } from 'vitest';
import type { Actor } from '#platform/context.ts';
import { aCourse, aPerson, type ChapterWish, type MadeCourse } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { courseEntry, introductionPage } from '../index.server.ts';
import { classroom } from '../testing/classroom.ts';

const school = classroom();
const { enrolled, complete, page } = school;

const introduction = '<p>Why this chapter.</p>';
const introduced = (wish: Partial<ChapterWish> = {}): ChapterWish => ({ introduction, hasFilm: true, lessons: [{}], ...wish });
const read = (actor: Actor, course: MadeCourse, { chapter = 0, now = undefined as Date | undefined, asStudent = false } = {}) =>
  introductionPage(school.database.context(actor, now), { courseSlug: course.slug, chapterId: course.chapterIds[chapter]!, asStudent });
const teacherOf = async (course: MadeCourse) => ({ ...(await aPerson(school.database, 'INSTRUCTOR')), id: course.instructorId });
const absent = { code: 'not-found' };

describe('the introduction of a chapter', () => {
  test('is read and watched by a student, between the lessons around it, and keeps no progress', async () => {
    const { course, student } = await enrolled({ chapters: [{ lessons: [{}] }, introduced({ lessons: [{}, {}] })] });
    const shown = await read(student, course, { chapter: 1 });
    expect(shown.content).toMatchObject({
      kind: 'open',
      html: introduction,
      isPreview: false,
      video: { provider: 'FILE', src: expect.stringMatching(/^\/files\/.+seal=/) },
    });
    expect([shown.outline.previous?.path, shown.outline.next?.path]).toEqual(['lesson-1', 'lesson-2']);
    expect(shown.outline.chapters.map(({ introduction, isCurrent }) => [introduction, isCurrent])).toEqual([
      [null, false],
      [{ isCurrent: true, lock: null }, true],
    ]);
    expect(shown.outline).toMatchObject({ completedCount: 0, countedCount: 3 });
    const path = `chapters/${course.chapterIds[1]}`;
    expect((await page(student, course, 0)).outline.next).toEqual({ path, title: 'Introduction: Chapter 2', isOpen: true });
    expect((await page(student, course, 1)).outline.previous?.path).toBe(path);
  });

  test('is locked for who is not enrolled, says so, and neither its words nor its film leave the school', async () => {
    const course = await aCourse(school.database, { chapters: [introduced({ lessons: [{ visibility: 'PREVIEW' }] })] });
    for (const actor of [guest, await aPerson(school.database)]) {
      const shown = await read(actor, course);
      expect(shown.content).toEqual({ kind: 'locked', reason: 'not-enrolled', opens: null, endedOn: null });
      expect(shown.outline.chapters[0]).toMatchObject({ introduction: { lock: 'not-enrolled' }, lessons: [{ lock: null }] });
      expect(JSON.stringify(shown)).not.toMatch(/Why this|\/files\//);
    }
  });

  test('opens with its chapter', async () => {
    const { course, student } = await enrolled({ chapters: [introduced({ releaseAfterDays: 3 })] });
    const early = await read(student, course);
    expect(early.content).toMatchObject({ kind: 'locked', reason: 'not-yet', opens: expect.stringContaining('2026') });
    expect(early.outline.chapters[0]!.introduction).toEqual({ isCurrent: true, lock: 'not-yet' });
    expect(JSON.stringify(early)).not.toMatch(/Why this|\/files\//);
    expect((await read(student, course, { now: new Date('2026-06-01T00:00:00Z') })).content.kind).toBe('open');
  });

  test('waits for the course that has to be finished first', async () => {
    const before = await aCourse(school.database);
    const { course, student } = await enrolled({ chapters: [introduced()] });
    await school.database.owner.query(
      "insert into course_prerequisites (course_id, prerequisite_id, created_at) values ($1, $2, '2026-01-01')",
      [course.id, before.id],
    );
    const shown = await read(student, course);
    expect(shown.content).toMatchObject({ kind: 'locked', reason: 'prerequisites' });
    expect(shown.course.missing.map(({ slug }) => slug)).toEqual([before.slug]);
  });

  test('of a free chapter is open to guests', async () => {
    const course = await aCourse(school.database, { chapters: [introduced({ isFree: true })] });
    expect((await read(guest, course)).content).toMatchObject({ kind: 'open', isPreview: true, html: introduction });
  });

  test('does not exist for students where the chapter is private or unpublished; who teaches the course reads it', async () => {
    const hidden = [introduced({ visibility: 'PRIVATE' }), introduced({ published: false })];
    const { course, student } = await enrolled({ chapters: [{ lessons: [{}] }, ...hidden] });
    const teacher = await teacherOf(course);
    for (const chapter of [1, 2]) {
      await expect(read(student, course, { chapter })).rejects.toMatchObject(absent);
      await expect(read(guest, course, { chapter })).rejects.toMatchObject(absent);
      expect((await read(teacher, course, { chapter })).content.kind).toBe('open');
      await expect(read(teacher, course, { chapter, asStudent: true })).rejects.toMatchObject(absent);
    }
    const draft = await aCourse(school.database, { status: 'DRAFT', chapters: [introduced()] });
    await expect(read(student, draft)).rejects.toMatchObject(absent);
    expect(await read(await teacherOf(draft), draft, { asStudent: true })).toMatchObject({
      isStudentView: true,
      content: { kind: 'open' },
    });
  });

  test('is not there in a chapter without words and film, in another course, or under an address that is none', async () => {
    const { course, student } = await enrolled();
    const { course: other } = await enrolled({ chapters: [introduced()] }, student);
    await expect(read(student, course)).rejects.toMatchObject(absent);
    await expect(read(student, { ...course, chapterIds: other.chapterIds })).rejects.toMatchObject(absent);
    await expect(read(student, { ...other, chapterIds: ['1'] })).rejects.toMatchObject(absent);
  });

  test('costs two queries', async () => {
    const { course, student } = await enrolled({ chapters: [introduced(), introduced(), introduced()] });
    for (const actor of [guest, student]) expect((await statementsOf(() => read(actor, course))).length).toBe(2);
  });
});

test('whoever begins a course begins with the introduction of its first chapter, and goes on with lessons', async () => {
  const { course, student } = await enrolled({ chapters: [introduced({ lessons: [{}, {}] })] });
  const enter = () => courseEntry(school.database.context(student), { slug: course.slug });
  expect(await enter()).toEqual({ kind: 'introduction', chapterId: course.chapterIds[0] });
  await complete(student, course, 0);
  expect(await enter()).toEqual({ kind: 'lesson', lessonSlug: 'lesson-2' });
});
