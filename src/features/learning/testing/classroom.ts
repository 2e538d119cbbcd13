import { afterAll, beforeAll } from 'vitest';
import type { Actor, Person } from '#platform/context.ts';
import { aCourse, aPerson, type CourseWish, type MadeCourse } from '../../../../tests/support/courses.ts';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { completeLesson, enrollInCourse, lessonPage } from '../index.server.ts';

/** Declares a school for the tests of one file, in which people enroll and learn. */
export function classroom() {
  let database: TestDatabase;
  let school: TestProcess;
  beforeAll(async () => {
    database = await createTestDatabase();
    // Links to private films are signed with the school's secret.
    school = startTestProcess(database);
  });
  afterAll(async () => {
    await school.close();
    await database.drop();
  });
  const address = (course: MadeCourse, index: number) => ({ courseSlug: course.slug, lessonSlug: course.lessons[index]!.slug });

  return {
    get database() {
      return database;
    },
    async enrolled(wish: CourseWish = {}, student?: Person) {
      const course = await aCourse(database, wish);
      const learner = student ?? (await aPerson(database));
      await enrollInCourse(database.context(learner), { courseSlug: course.slug });
      return { course, student: learner };
    },
    page: (actor: Actor, course: MadeCourse, index = 0, now?: Date) => lessonPage(database.context(actor, now), address(course, index)),
    complete: (student: Person, course: MadeCourse, index: number, now?: Date) =>
      completeLesson(database.context(student, now), address(course, index)),
  };
}
