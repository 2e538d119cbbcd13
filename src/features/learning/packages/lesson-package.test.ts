import { expect, test } from 'vitest';
import type { Actor } from '#platform/context.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { enrollInCourse, lessonPage, packageResults } from '../index.server.ts';
import { now, packageSchool, part } from './testing/package-school.ts';

const school = packageSchool();
const { address, player, putParts } = school;

test('what was done in a part stays when the package is exchanged for a newer one', async () => {
  const { report } = await player();
  await report({ ending: 'finished' });
  await putParts([part('one', { title: 'Part one, better' }), part('three')], 'c');
  const { content } = await lessonPage(school.database.context(school.student, now), address());
  if (content.kind !== 'open') throw new Error('The lesson is not open');
  expect(content.package?.parts).toMatchObject([
    { title: 'Part one, better', attempt: { status: 'completed', isDone: true } },
    { title: 'Part three', attempt: null },
  ]);
});

test('a locked lesson says nothing of its package', async () => {
  const stranger = await aPerson(school.database);
  const page = await lessonPage(school.database.context(stranger, now), address());
  expect(page.content.kind).toBe('locked');
  expect(JSON.stringify(page)).not.toContain('/packages/');
});

test('the page of a lesson with a package costs two queries, however many parts it has and however much was done in them', async () => {
  const cost = () => statementsOf(() => lessonPage(school.database.context(school.student, now), address()));
  expect(await cost()).toHaveLength(2);
  const parts = Array.from({ length: 40 }, (_, index) => part(`p${index}`));
  await putParts(parts, 'd');
  for (const id of ['p0', 'p7']) await (await player(id)).report({ ending: 'finished' });
  expect(await cost()).toHaveLength(2);
});

test('what learners reached is read by who teaches them, newest first; a learner reads their own alone', async () => {
  const mate = await aPerson(school.database, 'STUDENT', { name: 'Bo Diaz' });
  await enrollInCourse(school.database.context(mate, now), { courseSlug: school.course.slug });
  await (await player('two')).report({
    values: { 'cmi.core.score.raw': '90', 'cmi.core.score.max': '100' },
    seconds: 60,
    ending: 'finished',
  });
  await (await player('one', mate)).report({ ending: 'finished' });
  const seenBy = async (actor: Actor) => {
    const { results, next } = await packageResults(school.database.context(actor, now), address());
    expect(next).toBeNull();
    return results.map(({ name, part, status, score, highestScore, seconds }) => ({ name, part, status, score, highestScore, seconds }));
  };
  const ada = { name: 'Ada Lovelace', part: 'Part two', status: 'passed', score: 90, highestScore: 100, seconds: 60 };
  const bo = { name: 'Bo Diaz', part: 'Part one', status: 'completed', score: null, highestScore: null, seconds: 0 };
  expect(await seenBy({ ...mate, id: school.course.instructorId, role: 'INSTRUCTOR' })).toEqual([bo, ada]);
  expect(await seenBy(school.student)).toEqual([ada]);
  expect(await seenBy(await aPerson(school.database, 'INSTRUCTOR'))).toEqual([]);
  expect(await seenBy(guest)).toEqual([]);
  expect(await statementsOf(() => seenBy(school.student))).toHaveLength(1);
});
