import { beforeAll, expect, test } from 'vitest';
import { aCourse, aPerson, joinCourse } from '../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import {
  addPrerequisite,
  changeAddress,
  createCategory,
  currentAddress,
  detailsPage,
  lessonAddress,
  removePrerequisite,
  saveDetails,
  updateLesson,
} from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let owner: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
});

const mine = () => database.context(owner);
const aDraft = (title?: string) => aCourse(database, { instructorId: owner.id, status: 'DRAFT', title });
const pageOf = (slug: string, find?: string) => detailsPage(mine(), { slug, find });

test('what was typed is kept, and what the page shows then is what was typed', async () => {
  const { slug } = await aDraft();
  const values = {
    title: 'Tea, slowly',
    subtitle: 'Water first',
    description: '## Leaves\n\nWhole ones.',
    level: 'ADVANCED',
    language: 'en',
    tags: ['tea'],
    objectives: ['Boil water', 'Wait'],
    faq: [{ question: 'Milk?', answer: '**No.**' }],
    metaTitle: 'Tea',
    metaDescription: null,
  };
  const { marks } = await pageOf(slug);
  const answer = await saveDetails(mine(), { slug, values, seen: marks });
  const page = await pageOf(slug);
  expect(page.values).toMatchObject(values);
  expect(page.descriptionHtml).toContain('Whole ones.');
  expect(answer).toMatchObject({ kind: 'saved' });
  expect(page.marks).toMatchObject(answer.marks);
});

test('two people who change different things do not disturb each other', async () => {
  const { slug } = await aDraft();
  const { values, marks } = await pageOf(slug);
  await saveDetails(mine(), { slug, values: { title: 'First', subtitle: values.subtitle }, seen: marks });
  await saveDetails(mine(), { slug, values: { title: values.title, subtitle: 'Second' }, seen: marks });
  expect((await pageOf(slug)).values).toMatchObject({ title: 'First', subtitle: 'Second' });
});

test('who comes second to the same text is told, and neither text is lost', async () => {
  const { slug } = await aDraft();
  const { marks } = await pageOf(slug);
  await saveDetails(mine(), { slug, values: { description: 'Hers' }, seen: marks });
  const second = await saveDetails(mine(), { slug, values: { description: 'His', subtitle: 'Kept' }, seen: marks });
  expect(second).toMatchObject({ kind: 'conflict', theirs: { description: 'Hers' } });
  expect((await pageOf(slug)).values).toMatchObject({ description: 'Hers', subtitle: 'Kept' });
  expect(await saveDetails(mine(), { slug, values: { description: 'Both' }, seen: second.marks })).toMatchObject({ kind: 'saved' });
  expect((await pageOf(slug)).values.description).toBe('Both');
});

test('what both typed alike is no quarrel, and a form sent twice changes nothing', async () => {
  const { slug } = await aDraft();
  const { marks } = await pageOf(slug);
  for (let time = 0; time < 2; time += 1)
    expect(await saveDetails(mine(), { slug, values: { title: 'Alike' }, seen: marks })).toMatchObject({ kind: 'saved' });
});

test('what does not fit is said at its field, and nothing else is kept', async () => {
  const { slug } = await aDraft();
  const { marks, values } = await pageOf(slug);
  const save = (wrong: object) => saveDetails(mine(), { slug, values: { subtitle: 'Kept?', ...wrong }, seen: marks });
  await expect(save({ title: ' ' })).rejects.toMatchObject({ fields: { title: 'Give it a title.' } });
  await expect(save({ metaTitle: 'x'.repeat(61) })).rejects.toMatchObject({ fields: { metaTitle: expect.any(String) } });
  await expect(save({ completionRequiresLessons: false })).rejects.toMatchObject({
    fields: { completionRequiresLessons: expect.any(String) },
  });
  expect((await pageOf(slug)).values.subtitle).toBe(values.subtitle);
});

test('categories keep their main one, in a tree that shows where each lies', async () => {
  const admin = database.context(system);
  const [craft, pottery] = [await createCategory(admin, { name: 'Craft' }), await createCategory(admin, { name: 'Pottery' })];
  await database.owner.query('update categories set parent_id = $1 where id = $2', [craft, pottery]);
  const { slug } = await aDraft();
  await saveDetails(mine(), { slug, values: { categories: ['pottery', 'craft'] }, seen: {} });
  const page = await pageOf(slug);
  expect(page.values.categories).toEqual(['pottery', 'craft']);
  expect(page.categories).toEqual([
    { slug: 'craft', name: 'Craft', depth: 0 },
    { slug: 'pottery', name: 'Pottery', depth: 1 },
  ]);
});

test('another completion rule counts anew for those who learn', async () => {
  const course = await aCourse(database, { instructorId: owner.id });
  await saveDetails(mine(), { slug: course.slug, values: { completionRequiresLessons: true, completionRequiresQuizzes: true }, seen: {} });
  const { rows } = await database.owner.query("select payload from graphile_worker._private_jobs where payload ->> 'courseId' = $1", [
    course.id,
  ]);
  expect(rows).toHaveLength(1);
});

test('a course that is moved is found at both addresses, and its texts lead to the new one', async () => {
  const course = await aDraft();
  await updateLesson(mine(), { lessonId: course.lessons[0]!.id as never, content: `[on](${lessonAddress(course.lessons[1]!.id)})` });
  await changeAddress(mine(), { slug: course.slug, address: 'tea-slowly' });
  expect(await currentAddress(database.context(guest), { slug: course.slug })).toBe('tea-slowly');
  const { rows } = await database.owner.query('select content_html as html from lessons where id = $1', [course.lessons[0]!.id]);
  expect(rows[0].html).toContain(`href="/learn/tea-slowly/${course.lessons[1]!.slug}"`);
  await changeAddress(mine(), { slug: 'tea-slowly', address: course.slug });
  expect(await currentAddress(database.context(guest), { slug: 'tea-slowly' })).toBe(course.slug);
  expect(await currentAddress(database.context(guest), { slug: course.slug })).toBeUndefined();
});

test('nobody takes an address that another course has, or had', async () => {
  const [one, other] = [await aDraft(), await aDraft()];
  await changeAddress(mine(), { slug: one.slug, address: 'moved-on' });
  for (const address of [one.slug, 'moved-on'])
    await expect(changeAddress(mine(), { slug: other.slug, address })).rejects.toMatchObject({ fields: { address: expect.any(String) } });
  await expect(changeAddress(mine(), { slug: other.slug, address: 'Not an address' })).rejects.toMatchObject({ code: 'invalid' });
});

test('published courses are found to be asked for first, and a circle is refused in words', async () => {
  const first = await aCourse(database, { title: 'The quiet kettle', instructorId: owner.id });
  const { slug } = await aCourse(database, { title: 'Tea again', instructorId: owner.id });
  expect((await pageOf(slug, 'QUIET')).found).toMatchObject([{ slug: first.slug, title: 'The quiet kettle' }]);
  for (let time = 0; time < 2; time += 1) await addPrerequisite(mine(), { slug, required: first.slug });
  expect((await pageOf(slug, 'quiet')).found).toEqual([]);
  expect((await pageOf(slug)).prerequisites).toEqual([{ slug: first.slug, title: 'The quiet kettle' }]);
  await expect(addPrerequisite(mine(), { slug: first.slug, required: slug })).rejects.toThrow(/ever begin/);
  await removePrerequisite(mine(), { slug, required: first.slug });
  expect((await pageOf(slug)).prerequisites).toEqual([]);
});

test('assistants look and change nothing; to everybody else the course is not there', async () => {
  const { id, slug } = await aDraft();
  const [assistant, stranger] = [await aPerson(database), await aPerson(database, 'INSTRUCTOR')];
  await joinCourse(database, id, assistant.id, 'ASSISTANT');
  expect(await detailsPage(database.context(assistant), { slug })).toMatchObject({ mayEdit: false });
  await expect(detailsPage(database.context(stranger), { slug })).rejects.toMatchObject({ code: 'not-found' });
  for (const actor of [assistant, stranger]) {
    const ctx = database.context(actor);
    const attempts = [
      () => saveDetails(ctx, { slug, values: { title: 'Mine' }, seen: {} }),
      () => changeAddress(ctx, { slug, address: 'mine' }),
      () => addPrerequisite(ctx, { slug, required: slug }),
      () => removePrerequisite(ctx, { slug, required: slug }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' });
  }
});

test('the page is one query, also when courses are looked for', async () => {
  const { slug } = await aDraft();
  expect(await statementsOf(() => pageOf(slug))).toHaveLength(1);
  expect(await statementsOf(() => pageOf(slug, 'tea'))).toHaveLength(1);
});
