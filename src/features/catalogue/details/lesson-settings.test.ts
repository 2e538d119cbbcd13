import { expect, test } from 'vitest';
import type { LessonId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { lessonMarks, saveLessonSettings, updateLesson } from '../index.server.ts';

const school = testSchool();

/** A lesson, and the form that somebody has opened. */
async function opened() {
  const owner = await aPerson(school.database, 'INSTRUCTOR');
  const course = await aCourse(school.database, { instructorId: owner.id, chapters: [{ lessons: [{}, {}] }] });
  const [lesson, other] = course.lessons;
  const ctx = school.database.context(owner);
  const lessonId = lesson!.id as LessonId;
  await updateLesson(ctx, { lessonId, title: 'Wind', description: 'It blows', durationSeconds: 95, published: true });
  const { rows } = await school.database.owner.query(
    'select title, description, type, visibility, published, is_required as "isRequired", duration_seconds as "durationSeconds", slug from lessons where id = $1',
    [lessonId],
  );
  const { title, description, type, visibility, published, isRequired, slug } = rows[0];
  const values = { title, description, type, visibility, published, isRequired, minutes: 2, address: slug };
  return { ctx, lessonId, values, seen: lessonMarks(rows[0]), otherSlug: other!.slug };
}

const kept = async (lessonId: string) =>
  (
    await school.database.owner.query(
      'select title, description, published, duration_seconds as seconds, slug from lessons where id = $1',
      [lessonId],
    )
  ).rows[0];

test('of two who change different settings of a lesson both are kept', async () => {
  const { ctx, lessonId, values, seen } = await opened();
  expect(await saveLessonSettings(ctx, { lessonId, values: { ...values, title: 'True wind' }, seen })).toMatchObject({ kind: 'saved' });
  expect(await saveLessonSettings(ctx, { lessonId, values: { ...values, published: false }, seen })).toMatchObject({ kind: 'saved' });
  expect(await kept(lessonId)).toMatchObject({ title: 'True wind', published: false, description: 'It blows' });
});

test('of two who change the same setting the second is told, and what else they changed is kept', async () => {
  const { ctx, lessonId, values, seen } = await opened();
  await saveLessonSettings(ctx, { lessonId, values: { ...values, title: 'Mine' }, seen });
  const second = { ...values, title: 'Theirs', description: 'Around the boat', address: 'around' };
  const answer = await saveLessonSettings(ctx, { lessonId, values: second, seen });
  expect(answer).toMatchObject({ kind: 'conflict', theirs: { title: 'Mine' }, address: values.address });
  expect(await kept(lessonId)).toMatchObject({ title: 'Mine', description: 'Around the boat', slug: values.address });

  // Whoever has seen the other's word decides.
  const marks = { ...seen, ...(answer as { marks: Record<string, string> }).marks };
  expect(await saveLessonSettings(ctx, { lessonId, values: second, seen: marks })).toEqual({ kind: 'saved', address: 'around' });
  expect(await kept(lessonId)).toMatchObject({ title: 'Theirs', slug: 'around' });
});

test('a length in minutes that nobody changed loses no second', async () => {
  const { ctx, lessonId, values, seen } = await opened();
  await saveLessonSettings(ctx, { lessonId, values: { ...values, title: 'Other' }, seen });
  expect(await kept(lessonId)).toMatchObject({ seconds: 95 });
  await saveLessonSettings(ctx, { lessonId, values: { ...values, minutes: 3 }, seen });
  expect(await kept(lessonId)).toMatchObject({ seconds: 180 });
});

test('an address that is taken is refused at its field, and nothing is kept of that form', async () => {
  const { ctx, lessonId, values, seen, otherSlug } = await opened();
  const wanted = { ...values, title: 'Lost?', address: otherSlug };
  await expect(saveLessonSettings(ctx, { lessonId, values: wanted, seen })).rejects.toMatchObject({
    fields: { address: expect.any(String) },
  });
  expect(await kept(lessonId)).toMatchObject({ title: 'Wind' });
});

test('to who may not change the course the lesson is not there', async () => {
  const { lessonId, values, seen } = await opened();
  const stranger = school.database.context(await aPerson(school.database, 'INSTRUCTOR'));
  await expect(saveLessonSettings(stranger, { lessonId, values, seen })).rejects.toMatchObject({ code: 'not-found' });
});
