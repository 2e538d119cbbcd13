import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { LessonId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { restoreVersion, revisionOf, saveLessonText, updateLesson, versionsPage } from '../index.server.ts';

type Person = Actor & { kind: 'person' };

const database = testDatabase({ poolSize: 12 });
testProcess(database);
let owner: Person;
let colleague: Person;
let courseSlug: string;
let lessonId: LessonId;

beforeEach(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
  colleague = await aPerson(database, 'INSTRUCTOR');
  const course = await aCourse(database, { instructorId: owner.id, chapters: [{ lessons: [{ slug: 'one' }] }] });
  await database.owner.query("insert into course_instructors (course_id, user_id, role) values ($1, $2, 'CO_INSTRUCTOR')", [
    course.id,
    colleague.id,
  ]);
  courseSlug = course.slug;
  lessonId = course.lessons[0]!.id as LessonId;
  await updateLesson(database.context(owner), { lessonId, content: 'First.' });
});

const at = (actor: Actor, minutes: number): Context => ({ ...database.context(actor), now: new Date(Date.UTC(2026, 10, 21, 9, minutes)) });
const contentOf = async () =>
  (
    await database.owner.query<{ content: string; content_html: string }>('select content, content_html from lessons where id = $1', [
      lessonId,
    ])
  ).rows[0]!;
const versions = async () => (await versionsPage(database.context(owner), { course: courseSlug, lesson: 'one', chosen: null })).versions;
const wordsOf = async (id: string) =>
  (await versionsPage(database.context(owner), { course: courseSlug, lesson: 'one', chosen: id })).chosen?.content;

describe('two who write at once', () => {
  test('the second is told, and gets the words of the first', async () => {
    const basedOn = revisionOf('First.');
    expect(await saveLessonText(at(owner, 0), { lessonId, content: 'Mine.', basedOn })).toEqual({
      kind: 'saved',
      revision: revisionOf('Mine.'),
    });
    expect(await saveLessonText(at(colleague, 1), { lessonId, content: 'Theirs.', basedOn })).toEqual({
      kind: 'conflict',
      content: 'Mine.',
      revision: revisionOf('Mine.'),
      author: owner.name,
    });
    expect(await contentOf()).toEqual({ content: 'Mine.', content_html: '<p>Mine.</p>' });
  });

  test('of twelve saves in the same moment one is kept, and the others hear of it', async () => {
    const basedOn = revisionOf('First.');
    const saves = Array.from({ length: 12 }, (_, index) =>
      saveLessonText(database.context(index % 2 ? owner : colleague), { lessonId, content: `Text ${index}.`, basedOn }),
    );
    const outcomes = await Promise.all(saves);
    expect(outcomes.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
    const { content } = await contentOf();
    for (const outcome of outcomes) if (outcome.kind === 'conflict') expect(outcome.content).toBe(content);
  });

  test('the same words sent twice are saved once', async () => {
    const save = () => saveLessonText(at(owner, 0), { lessonId, content: 'Again.', basedOn: revisionOf('First.') });
    expect([await save(), await save()].map(({ kind }) => kind)).toEqual(['saved', 'saved']);
    expect(await versions()).toHaveLength(2);
  });

  test('who may not change the course is told that it is not there', async () => {
    const stranger = await aPerson(database, 'INSTRUCTOR');
    const save = saveLessonText(at(stranger, 0), { lessonId, content: 'x', basedOn: revisionOf('First.') });
    await expect(save).rejects.toMatchObject({ code: 'not-found' });
    await expect(versionsPage(at(stranger, 0), { course: courseSlug, lesson: 'one', chosen: null })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('versions', () => {
  const write = async (actor: Actor, minutes: number, content: string) =>
    saveLessonText(at(actor, minutes), { lessonId, content, basedOn: revisionOf((await contentOf()).content) });

  test('who goes on within some minutes goes on with one; what stood there before is kept', async () => {
    await write(owner, 0, 'One.');
    await write(owner, 5, 'One and a half.');
    await write(colleague, 6, 'Two.');
    await write(owner, 30, 'Three.');
    await write(owner, 50, 'Four.');
    const kept = await versions();
    expect(kept.map(({ author }) => author)).toEqual([owner.name, owner.name, colleague.name, owner.name, null]);
    expect(await Promise.all(kept.map(({ id }) => wordsOf(id)))).toEqual(['Four.', 'Three.', 'Two.', 'One and a half.', 'First.']);
    expect(kept.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false, false, false]);
  });

  test('words that came in another way are kept before they are written over', async () => {
    await write(owner, 0, 'One.');
    await updateLesson(database.context(system), { lessonId, content: 'Imported.' });
    await write(owner, 1, 'Two.');
    expect(await Promise.all((await versions()).map(({ id }) => wordsOf(id)))).toEqual(['Two.', 'Imported.', 'One.', 'First.']);
  });

  test('one that is put back is a version itself, and so is what it replaced', async () => {
    await write(owner, 0, 'One.');
    await write(owner, 30, 'Two.');
    const [, one] = await versions();
    await restoreVersion(at(owner, 31), { lessonId, versionId: one!.id });
    expect(await contentOf()).toEqual({ content: 'One.', content_html: '<p>One.</p>' });
    expect(await Promise.all((await versions()).map(({ id }) => wordsOf(id)))).toEqual(['One.', 'Two.', 'One.', 'First.']);
  });

  test('there are never more than sixty, and the latest twenty stay', async () => {
    for (let turn = 0; turn < 75; turn += 1) await write(turn % 2 ? owner : colleague, turn, `Turn ${turn}.`);
    const kept = await versions();
    expect(kept).toHaveLength(60);
    expect(await Promise.all(kept.slice(0, 20).map(({ id }) => wordsOf(id)))).toEqual(
      Array.from({ length: 20 }, (_, index) => `Turn ${74 - index}.`),
    );
    expect(await wordsOf(kept.at(-1)!.id)).toBe('First.');
  });

  test('a student of the course sees none of them', async () => {
    await write(owner, 0, 'One.');
    const student = await aPerson(database, 'STUDENT');
    const all = statement<{ id: string }, [string]>('select id from lesson_versions where lesson_id = $1::uuid');
    expect(await asActor(database.context(student), (sql) => sql(all, lessonId))).toEqual([]);
    expect(await asActor(database.context(colleague), (sql) => sql(all, lessonId))).toHaveLength(2);
  });
});
