import { beforeAll, expect, test } from 'vitest';
import { addLesson, lessonAddress, requireCourses, updateChapter, updateCourse, updateLesson } from '#features/catalogue/index.server.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { copyCourse } from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let owner: Awaited<ReturnType<typeof aPerson>>;

beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR');
});

/** A course with one of everything that a course can have, people too. */
async function fullCourse() {
  const before = await aCourse(database, { slug: `before-${Math.random().toString(36).slice(2)}` });
  const course = await aCourse(database, {
    instructorId: owner.id,
    title: 'Light',
    chapters: [
      { lessons: [{ type: 'VIDEO', seconds: 90 }, { visibility: 'PREVIEW' }], releaseAfterDays: 3 },
      { lessons: [{ isRequired: false }], isFree: true },
    ],
  });
  const courseId = course.id as CourseId;
  const [film, text] = course.lessons.map(({ id }) => id as LessonId);
  const ctx = database.context(owner);
  const to = (id: LessonId) => `Read [on](${lessonAddress(id, '#part')}).`;
  await updateLesson(ctx, { lessonId: text!, content: to(film!) });
  await updateChapter(ctx, { chapterId: course.chapterIds[0] as ChapterId, content: to(text!), description: 'Its beginning.' });
  await updateCourse(ctx, {
    courseId,
    description: to(film!),
    faq: [{ question: 'Where?', answer: to(text!) }],
    tags: ['a'],
    objectives: ['See'],
    level: 'EXPERT',
  });
  await requireCourses(ctx, { courseId, slugs: [before.slug] });
  const { id: gone } = await addLesson(ctx, { chapterId: course.chapterIds[0] as ChapterId, title: 'Gone' });
  const student = await aPerson(database);
  const fill = `
    insert into categories (id, name, slug) values (gen_random_uuid(), $1::text, $1::text);
    insert into course_categories (course_id, category_id, is_main) select $2::uuid, id, true from categories where slug = $1::text;
    insert into resources (id, lesson_id, title, type, url, position) values (gen_random_uuid(), $3::uuid, 'Slides', 'LINK', 'https://slides.test', 1);
    insert into quizzes (id, lesson_id, title, passing_percent) values ($4::uuid, $3::uuid, 'Quiz', 60);
    insert into questions (id, quiz_id, text, payload) values ($5::uuid, $4::uuid, 'How many?', '{"correct": [1]}');
    insert into quiz_questions (id, quiz_id, position, question_id) values (gen_random_uuid(), $4::uuid, 1, $5::uuid);
    insert into assignments (id, lesson_id, title, instructions, rubric) values (gen_random_uuid(), $3::uuid, 'Work', 'Do it.', '[{"a": 1}]');
    insert into packages (id, lesson_id, edition, identifier, manifest_version, title, parts, sha256, file_count, size_bytes)
      values (gen_random_uuid(), $3::uuid, 4, 'knots', '1.2', 'Knots', '[{"id": "one", "href": "one.html"}]', repeat('a', 64), 2, 9);
    insert into package_files (lesson_id, path, key, content_type, size_bytes)
      values ($3::uuid, 'imsmanifest.xml', 'packages/aa/' || repeat('1', 62), 'text/xml', 4), ($3::uuid, 'one.html', 'packages/aa/' || repeat('2', 62), 'text/html', 5);
    insert into removals (id, course_id, lesson_id, was_published, was_visibility, was_position) values (gen_random_uuid(), $2::uuid, $6::uuid, true, 'PUBLIC', 1);
    insert into enrollments (id, user_id, course_id) values (gen_random_uuid(), $7::uuid, $2::uuid);
    insert into course_instructors (course_id, user_id, role) values ($2::uuid, $7::uuid, 'ASSISTANT');
    update courses set student_count = 7, featured = true, import_key = $1::text where id = $2::uuid`;
  const newUuid = async () => (await database.owner.query<{ id: string }>('select gen_random_uuid() as id')).rows[0]!.id;
  const values = [course.slug, course.id, text, await newUuid(), await newUuid(), gone, student.id];
  for (const statement of fill.split(';')) {
    const used = [...statement.matchAll(/\$(\d)/g)].map(([, number]) => Number(number));
    const places = [...new Set(used)];
    await database.owner.query(
      statement.replace(/\$(\d)/g, (_, number) => `$${places.indexOf(Number(number)) + 1}`),
      places.map((place) => values[place - 1]),
    );
  }
  return { ...course, courseId, before };
}

/** Everything of a course that is not its people: each row as it is, with ids, moments and addresses in a form that a copy shares. */
async function contentOf(courseId: string): Promise<Record<string, unknown[]>> {
  const tables = {
    courses: 'select to_jsonb(t) as row from courses t where id = $1',
    chapters: 'select to_jsonb(t) as row from chapters t where course_id = $1 order by position',
    lessons: `select to_jsonb(t) as row from lessons t join chapters c on c.id = t.chapter_id
      where t.course_id = $1 and not exists (select from removals x where x.lesson_id = t.id) order by c.position, t.position`,
    resources: 'select to_jsonb(t) as row from resources t join lessons l on l.id = t.lesson_id where l.course_id = $1',
    quizzes: 'select to_jsonb(t) as row from quizzes t join lessons l on l.id = t.lesson_id where l.course_id = $1',
    questions:
      'select to_jsonb(t) as row from questions t join quizzes q on q.id = t.quiz_id join lessons l on l.id = q.lesson_id where l.course_id = $1',
    quiz_questions:
      'select to_jsonb(t) as row from quiz_questions t join quizzes q on q.id = t.quiz_id join lessons l on l.id = q.lesson_id where l.course_id = $1',
    assignments: 'select to_jsonb(t) as row from assignments t join lessons l on l.id = t.lesson_id where l.course_id = $1',
    packages: 'select to_jsonb(t) as row from packages t join lessons l on l.id = t.lesson_id where l.course_id = $1',
    package_files:
      'select to_jsonb(t) as row from package_files t join lessons l on l.id = t.lesson_id where l.course_id = $1 order by path',
    course_categories: 'select to_jsonb(t) as row from course_categories t where course_id = $1',
    course_prerequisites: 'select to_jsonb(t) as row from course_prerequisites t where course_id = $1',
  };
  const content: Record<string, unknown[]> = {};
  for (const [table, sql] of Object.entries(tables)) {
    const { rows } = await database.owner.query<{ row: Record<string, unknown> }>(sql, [courseId]);
    content[table] = rows.map(({ row }) => row);
  }
  return content;
}

const places = (content: Record<string, unknown[]>, own: Map<string, string>) =>
  JSON.parse(JSON.stringify(content).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => own.get(id) ?? id)) as Record<
    string,
    Record<string, unknown>[]
  >;

/** Names for what a course has of its own, so that two courses can be compared. */
function namesIn(content: Record<string, unknown[]>): Map<string, string> {
  const entries = Object.entries(content).flatMap(([table, rows]) =>
    rows.map((row, index) => [(row as { id?: string }).id ?? '', `${table} ${index}`] as const),
  );
  return new Map(entries.filter(([id]) => id !== ''));
}

test('a copy has everything that a course teaches, as a draft of who copied it, and none of its people', async () => {
  const source = await fullCourse();
  const copier = await aPerson(database, 'INSTRUCTOR');
  await database.owner.query(`insert into course_instructors (course_id, user_id, role) values ($1, $2, 'CO_INSTRUCTOR')`, [
    source.id,
    copier.id,
  ]);
  const before = await contentOf(source.id);
  const copy = await copyCourse(database.context(copier), { courseId: source.courseId, title: 'Light, again' });
  const after = await contentOf(copy.id);
  expect(await contentOf(source.id)).toEqual(before);
  const [old, made] = [places(before, namesIn(before)), places(after, namesIn(after))];
  const free = /^(created_at|updated_at|source_path)$/;
  const differing = Object.keys(old).flatMap((table) => {
    expect([table, made[table]!.length]).toEqual([table, old[table]!.length]);
    return old[table]!.flatMap((row, index) =>
      Object.keys(row)
        .filter(
          (column) =>
            !free.test(column) &&
            JSON.stringify(row[column]).replaceAll(source.slug, copy.slug) !== JSON.stringify(made[table]![index]![column]),
        )
        .map((column) => `${table}.${column}`),
    );
  });
  const own = ['featured', 'import_key', 'instructor_id', 'published_at', 'search', 'status', 'student_count', 'title'];
  expect(differing.sort()).toEqual([...own.map((column) => `courses.${column}`), 'packages.edition']);
  expect(after.packages).toMatchObject([{ edition: 1 }]);
  expect(after.package_files).toHaveLength(2);
  expect(after.courses![0]).toMatchObject({ status: 'DRAFT', instructor_id: copier.id, slug: 'light-again', lesson_count: 3 });
  for (const table of ['enrollments', 'course_instructors', 'removals'])
    expect((await database.owner.query(`select from ${table} where course_id = $1`, [copy.id])).rowCount).toBe(0);
  expect(JSON.stringify(after)).toContain(`/learn/light-again/lesson-1#s-part`);
  expect(JSON.stringify(after)).not.toContain(source.slug);
});

test('only who may change a course copies it, and only instructors have courses', async () => {
  const source = await fullCourse();
  const student = await aPerson(database);
  await database.owner.query(`insert into course_instructors (course_id, user_id, role) values ($1, $2, 'CO_INSTRUCTOR')`, [
    source.id,
    student.id,
  ]);
  const attempt = (actor: typeof student) => copyCourse(database.context(actor), { courseId: source.courseId, title: 'Mine' });
  await expect(attempt(student)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(attempt(await aPerson(database, 'INSTRUCTOR'))).rejects.toMatchObject({ code: 'not-found' });
  expect((await database.owner.query("select from courses where title = 'Mine'")).rowCount).toBe(0);
});
