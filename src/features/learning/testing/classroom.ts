import type { Actor, Person } from '#platform/context.ts';
import { aCourse, aPerson, type CourseWish, type MadeCourse } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { completeLesson, enrollInCourse, lessonPage } from '../index.server.ts';

/** Declares a school for the tests of one file, in which people enroll and learn. */
export function classroom() {
  const database = testDatabase();
  // Links to private films are signed with the school's secret.
  testProcess(database);
  const address = (course: MadeCourse, index: number) => ({ courseSlug: course.slug, lessonSlug: course.lessons[index]!.slug });

  return {
    database,
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
