import { describe, expect, test } from 'vitest';
import { instructor, refused, student, twoSchools } from './schools.ts';
import { idIn } from './world.ts';

const school = twoSchools();

describe('nobody climbs by a statement that slipped through', () => {
  test.each([
    ['a course is featured by the school', 'INSTRUCTOR', 'update courses set featured = true where id = $1', 'course'],
    ['a course’s students are counted by the school', 'INSTRUCTOR', 'update courses set student_count = 900 where id = $1', 'course'],
    ['a course is not given away', 'INSTRUCTOR', `update courses set instructor_id = '${student}' where id = $1`, 'course'],
    ['a rating is not lifted', 'INSTRUCTOR', 'update instructor_profiles set rating_average = 5 where id = $1', 'instructor profile'],
    [
      'points are not written by who gets them',
      'STUDENT',
      'update student_profiles set total_points = 900 where id = $1',
      'student profile',
    ],
    [
      'an enrollment does not move to another course',
      'STUDENT',
      `update enrollments set course_id = '${idIn(2, 'course')}' where id = $1`,
      'enrollment',
    ],
    ['a review is not hidden or shown by who wrote it', 'STUDENT', "update reviews set status = 'HIDDEN' where id = $1", 'review'],
    [
      'a review is not answered by who wrote it',
      'STUDENT',
      "update reviews set reply = 'So true.', replied_at = now() where id = $1",
      'review',
    ],
    ['a review is not answered by a stranger', 'STUDENT', "select reply_to_review($1, 'So true.', now())", 'review'],
    ['nobody puts words into another’s message', 'INSTRUCTOR', "update messages set content = 'I owe you.' where id = $1", 'message'],
    [
      'a course is not handed to somebody by its co-instructor',
      'CO',
      `update courses set instructor_id = '${idIn(1, 'co-instructor')}' where id = $1`,
      'course',
    ],
  ])('%s', async (_, role, text, name) => {
    const acting = { INSTRUCTOR: instructor, STUDENT: student, CO: idIn(1, 'co-instructor') }[role]!;
    await expect(school.actingAs(acting, role, () => school.application.query(text, [idIn(1, name)]))).rejects.toMatchObject(refused);
  });

  test('whoever was an instructor and is none any more changes no course, and makes none', async () => {
    const change = () => school.application.query("update courses set title = 'Mine' where id = $1", [idIn(1, 'course')]);
    await expect(school.actingAs(instructor, 'STUDENT', change)).rejects.toMatchObject(refused);
    const make = () =>
      school.application.query("insert into courses (id, title, slug, instructor_id) values (gen_random_uuid(), 'C', 'c-new', $1)", [
        instructor,
      ]);
    await expect(school.actingAs(instructor, 'STUDENT', make)).rejects.toMatchObject(refused);
    await expect(school.actingAs(instructor, 'INSTRUCTOR', make)).resolves.toMatchObject({ rowCount: 1 });
  });

  test('a film is not made of somebody else’s file', async () => {
    const make = () =>
      school.application.query("insert into videos (id, provider, file_id, duration_seconds) values (gen_random_uuid(), 'FILE', $1, 9)", [
        idIn(1, 'file'),
      ]);
    await expect(school.actingAs(idIn(2, 'instructor'), 'INSTRUCTOR', make)).rejects.toMatchObject(refused);
    await expect(school.actingAs(instructor, 'INSTRUCTOR', make)).resolves.toMatchObject({ rowCount: 1 });
  });
});

describe('a way into a course', () => {
  const other = () => idIn(2, 'student');
  const grant = (source: string) => () =>
    school.application.query('insert into access_grants (id, user_id, course_id, source) values (gen_random_uuid(), $1, $2, $3)', [
      other(),
      idIn(1, 'course'),
      source,
    ]);

  test('that costs is not taken', async () => {
    for (const source of ['FREE', 'GIFT', 'MANUAL'])
      await expect(school.actingAs(other(), 'STUDENT', grant(source))).rejects.toMatchObject(refused);
  });

  test('that is free is, and opens the enrollment', async () => {
    await school.database.owner.query('update courses set is_free = true where id = $1', [idIn(1, 'course')]);
    const enroll = () =>
      school.application.query('insert into enrollments (id, user_id, course_id) values (gen_random_uuid(), $1, $2)', [
        other(),
        idIn(1, 'course'),
      ]);
    await expect(school.actingAs(other(), 'STUDENT', enroll)).rejects.toMatchObject(refused);
    await expect(school.actingAs(other(), 'STUDENT', () => grant('FREE')().then(enroll))).resolves.toMatchObject({ rowCount: 1 });
    await school.database.owner.query('update courses set is_free = false where id = $1', [idIn(1, 'course')]);
  });

  test('is given by hand by who may change the course, and not by who helps in it', async () => {
    await expect(school.actingAs(instructor, 'INSTRUCTOR', grant('MANUAL'))).resolves.toMatchObject({ rowCount: 1 });
    await expect(school.actingAs(idIn(1, 'co-instructor'), 'STUDENT', grant('GIFT'))).resolves.toMatchObject({ rowCount: 1 });
    await expect(school.actingAs(instructor, 'INSTRUCTOR', grant('FREE'))).rejects.toMatchObject(refused);
    await expect(school.actingAs(idIn(1, 'assistant'), 'STUDENT', grant('MANUAL'))).rejects.toMatchObject(refused);
  });

  test('that the school closed is not opened again by who was sent away', async () => {
    const statement = "update enrollments set status = 'ACTIVE' where id = $1";
    await school.database.owner.query("update enrollments set status = 'SUSPENDED' where id = $1", [idIn(1, 'enrollment')]);
    const comeBack = () => school.application.query(statement, [idIn(1, 'enrollment')]);
    await expect(school.actingAs(student, 'STUDENT', comeBack)).rejects.toMatchObject(refused);
    await school.database.owner.query("update enrollments set status = 'ACTIVE' where id = $1", [idIn(1, 'enrollment')]);
  });

  test('counts a student only when somebody has enrolled', async () => {
    const count = () => school.application.query('select count_student($1)', [idIn(1, 'course')]);
    await expect(school.actingAs(other(), 'STUDENT', count)).rejects.toMatchObject(refused);
    const counted = await school.actingAs(student, 'STUDENT', async () => {
      await count();
      const { rows } = await school.application.query(
        "select student_count as students, current_setting('app.user_role') as role from courses where id = $1",
        [idIn(1, 'course')],
      );
      return rows;
    });
    expect(counted).toEqual([{ students: 1, role: 'STUDENT' }]);
  });
});

describe('a review', () => {
  const course = idIn(1, 'course');
  const review = () =>
    school.application.query('insert into reviews (id, course_id, user_id, rating) values (gen_random_uuid(), $1, $2, 5)', [
      course,
      student,
    ]);
  const afterProgress = (percent: number) => async () => {
    await school.application.query('delete from reviews where user_id = $1', [student]);
    await school.application.query('update enrollments set progress_percent = $2 where user_id = $1', [student, percent]);
    return review();
  };

  test('is written by who has finished a fifth of the course, and not before', async () => {
    await expect(school.actingAs(student, 'STUDENT', afterProgress(19))).rejects.toMatchObject(refused);
    await expect(school.actingAs(student, 'STUDENT', afterProgress(20))).resolves.toMatchObject({ rowCount: 1 });
  });

  test('is counted as it is, whoever asks, and answered by who may change the course', async () => {
    const counted = await school.actingAs(student, 'STUDENT', async () => {
      await school.application.query('select recount_reviews($1)', [course]);
      const { rows } = await school.application.query(
        "select review_count as reviews, rating_average as average, current_setting('app.user_role') as role from courses where id = $1",
        [course],
      );
      return rows;
    });
    expect(counted).toEqual([{ reviews: 1, average: '5.00', role: 'STUDENT' }]);
    const answer = () => school.application.query("select reply_to_review($1, 'Thank you.', now())", [idIn(1, 'review')]);
    await expect(school.actingAs(idIn(1, 'co-instructor'), 'STUDENT', answer)).resolves.toMatchObject({ rowCount: 1 });
    await expect(school.actingAs(idIn(1, 'assistant'), 'STUDENT', answer)).rejects.toMatchObject(refused);
  });
});
