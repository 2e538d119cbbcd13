import type { Context, Person } from '#platform/context.ts';
import { aCourse, aPerson, type CourseWish, type MadeCourse } from '../../../../../tests/support/courses.ts';
import { guest, type TestDatabase, testDatabase } from '../../../../../tests/support/database.ts';
import { testProcess } from '../../../../../tests/support/process.ts';
import { certificatePage, completeLesson, enrollInCourse } from '../../index.server.ts';

export interface Finished {
  student: Person;
  teacher: Person;
  course: MadeCourse;
  code: string;
}

type Actor = Parameters<TestDatabase['context']>[0];

/** Declares a school for the tests of one file, in which people finish courses. */
export function certificateSchool() {
  const database = testDatabase();
  const school = testProcess(database);

  const as = (actor: Actor, now?: Date): Context => database.context(actor, now);

  async function finish(student: Person, course: MadeCourse, now?: Date): Promise<void> {
    await enrollInCourse(as(student, now), { courseSlug: course.slug });
    for (const { slug } of course.lessons) await completeLesson(as(student, now), { courseSlug: course.slug, lessonSlug: slug });
  }

  async function codesOf(student: Person): Promise<string[]> {
    const { rows } = await database.owner.query<{ code: string }>(
      'select code from certificates k join enrollments e on e.id = k.enrollment_id where e.user_id = $1 order by k.id',
      [student.id],
    );
    return rows.map(({ code }) => code);
  }

  async function finished(wish: CourseWish = {}, details: { name?: string; timeZone?: string } = {}): Promise<Finished> {
    const teacher = await aPerson(database, 'INSTRUCTOR', { name: 'Tomas Lindqvist' });
    const course = await aCourse(database, { title: 'Looms & algebra', instructorId: teacher.id, ...wish });
    const student = await aPerson(database, 'STUDENT', { name: 'Ada Lovelace', ...details });
    await finish(student, course);
    return { student, teacher, course, code: (await codesOf(student))[0]! };
  }

  return {
    database,
    as,
    finish,
    finished,
    codesOf,
    show: (code: string, actor: Actor = guest, edition?: string) => certificatePage(as(actor), { code, edition }),
    mailsTo: (address: string) => school.mailsTo(address),
    runJobs: () => school.runJobs(),
  };
}
