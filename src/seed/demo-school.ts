import { join } from 'node:path';
import { changeUsername, createUser, findPersonByEmail } from '#features/accounts/index.server.ts';
import { importCourse } from '#features/authoring/index.server.ts';
import { addNote, completeLesson, enrollInCourse, writeReview } from '#features/learning/index.server.ts';
import type { Person } from '#platform/context.ts';
import { requestContext, systemContext } from '#platform/runtime.server.ts';
import { demoCourses } from './courses.ts';
import { demoHistory } from './history.ts';
import { notesOfMira } from './notes.ts';
import { amara, classmates, type DemoPerson, ines, lucia, mira, tomas } from './people.ts';
import { demoReviews } from './reviews.ts';
import { hasDemoShop, openDemoShop } from './shop.ts';

const password = 'lyceum-demo-school';

/** How to get in, while the server listens on this machine alone. */
export const demoLogins = [ines, tomas, mira].map(({ email }) => ({ email, password }));

/** What Mira has done: her week is always this week. */
const ofMira = [
  { folder: 'postgresql-for-people-who-build-things', lessonDaysAgo: [34, 32, 30, 27, 25, 20, 12, 9] },
  { folder: 'strength-training-the-calm-way', lessonDaysAgo: [2] },
  { folder: 'typescript-from-first-principles', lessonDaysAgo: [4, 1, 0] },
];

const lanes = 4;

interface LoadedCourse {
  id: string;
  slug: string;
  lessons: string[];
}

/** Whether the demo school is complete. */
export async function hasDemoSchool(): Promise<boolean> {
  return hasDemoShop();
}

/** Loads the demo school through the features' own commands. Run again, it only adds what is missing; interrupted, the next run completes it. */
export async function seedDemoSchool(say: (line: string) => void): Promise<{ courses: number }> {
  for (const person of [tomas, amara, lucia, mira, ...classmates]) await makePerson(person);
  for (const teacher of [tomas, amara, lucia])
    await changeUsername(requestContext(await personOf(teacher)), { username: usernameOf(teacher) });
  const loaded: LoadedCourse[] = [];
  for (const { folder, instructor, publishedDaysAgo } of demoCourses) {
    say(`Loading the demo course ${loaded.length + 1} of ${demoCourses.length}`);
    const imported = await importCourse(systemContext(daysAgo(publishedDaysAgo)), {
      path: join(import.meta.dirname, '../../demo/courses', folder),
      instructorId: (await personOf(instructor)).id,
      publish: true,
    });
    loaded.push({
      id: imported.course.id,
      slug: imported.course.slug,
      lessons: imported.chapters.flatMap((chapter) => chapter.lessons.map((lesson) => lesson.slug)),
    });
  }
  say('Loading a year of learning');
  const student = await personOf(mira);
  for (const { folder, lessonDaysAgo } of ofMira) {
    const course = loaded[demoCourses.findIndex((demo) => demo.folder === folder)];
    if (course) await learn(student, course, (lessonDaysAgo[0] ?? 0) + 1, lessonDaysAgo);
  }
  for (const { folder, lesson, daysAgo: days, at = '', ...note } of notesOfMira) {
    const course = loaded[demoCourses.findIndex((demo) => demo.folder === folder)];
    const lessonSlug = course?.lessons[lesson];
    if (course && lessonSlug)
      await addNote(requestContext(student, undefined, daysAgo(days)), { courseSlug: course.slug, lessonSlug, at, ...note });
  }
  // A few at a time; each of them one thing after the other.
  await Promise.all(Array.from({ length: lanes }, (_, lane) => liveThrough(loaded, lane)));
  for (const [index, { folder }] of demoCourses.entries()) await review(folder, index, loaded[index]);
  await makePerson(ines);
  // The shop comes last: once it is open, everything before it is there too.
  await openDemoShop(
    (folder) => {
      const course = loaded[demoCourses.findIndex((demo) => demo.folder === folder)];
      if (!course) throw new Error(`The demo course ${folder} was not loaded`);
      return course;
    },
    async (person) => requestContext(await personOf(person), undefined, daysAgo(14)),
  );
  return { courses: loaded.length };
}

async function liveThrough(loaded: readonly LoadedCourse[], lane: number): Promise<void> {
  for (const { student, course, enrolledDaysAgo, lessonDaysAgo } of demoHistory()) {
    const [classmate, made] = [classmates[student], loaded[course]];
    if (student % lanes === lane && classmate && made) await learn(await personOf(classmate), made, enrolledDaysAgo, lessonDaysAgo);
  }
}

/** The reviews of a course are given by those who have learned most of it, and at least a fifth, on the day of their last lesson. */
async function review(folder: string, course: number, made: LoadedCourse | undefined): Promise<void> {
  if (!made) return;
  const able = demoHistory()
    .filter((life) => life.course === course && life.lessonDaysAgo.length * 5 > made.lessons.length)
    .sort((one, other) => other.lessonDaysAgo.length - one.lessonDaysAgo.length);
  for (const [index, words] of (demoReviews[folder] ?? []).entries()) {
    const life = able[index];
    const classmate = life && classmates[life.student];
    if (!classmate) return;
    const ctx = requestContext(await personOf(classmate), undefined, daysAgo(life.lessonDaysAgo.slice(0, made.lessons.length).at(-1) ?? 0));
    await writeReview(ctx, { slug: made.slug, ...words });
  }
}

async function learn(person: Person, { slug, lessons }: LoadedCourse, enrolledDaysAgo: number, days: readonly number[]): Promise<void> {
  await enrollInCourse(requestContext(person, undefined, daysAgo(enrolledDaysAgo)), { courseSlug: slug });
  for (const [index, lessonSlug] of lessons.slice(0, days.length).entries())
    await completeLesson(requestContext(person, undefined, daysAgo(days[index] ?? 0)), { courseSlug: slug, lessonSlug });
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * 86_400_000);
}

async function makePerson({ email, name, role, signsIn }: DemoPerson): Promise<void> {
  await createUser(systemContext(daysAgo(365)), { email, name, role, password: signsIn ? password : undefined, ifExists: 'keep' });
}

/** `Lucía Ferrer` is found at /instructors/lucia-ferrer. */
function usernameOf({ name }: DemoPerson): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .replaceAll(' ', '-')
    .toLowerCase();
}

async function personOf({ email }: DemoPerson): Promise<Person> {
  const person = await findPersonByEmail(systemContext(), { email });
  if (!person) throw new Error(`The demo school's ${email} was not made`);
  return person;
}
