import { join } from 'node:path';
import { createUser, findPersonByEmail } from '#features/accounts/index.server.ts';
import { importCourse } from '#features/authoring/index.server.ts';
import { completeLesson, enrollInCourse } from '#features/learning/index.server.ts';
import type { Person, Role } from '#platform/context.ts';
import { requestContext, systemContext } from '#platform/runtime.server.ts';

/** What the demo school has. */
export interface DemoSchool {
  courses: number;
}

const password = 'lyceum-demo-school';

interface DemoPerson {
  email: string;
  name: string;
  role: Role;
  signsIn: boolean;
}

const tomas: DemoPerson = { email: 'instructor@demo.school', name: 'Tomas Lindqvist', role: 'INSTRUCTOR', signsIn: true };
const amara: DemoPerson = { email: 'amara@demo.school', name: 'Amara Diallo', role: 'INSTRUCTOR', signsIn: false };
const ines: DemoPerson = { email: 'admin@demo.school', name: 'Ines Okafor', role: 'ADMIN', signsIn: true };
const mira: DemoPerson = { email: 'student@demo.school', name: 'Mira Castellanos', role: 'STUDENT', signsIn: true };

/** How to get in, while the server listens on this machine alone. */
export const demoLogins = [ines, tomas, mira].map(({ email }) => ({ email, password }));

/** Oldest first; the catalogue shows the newest first. */
const courses = [
  { folder: 'postgresql-for-people-who-build-things', instructor: tomas, publishedAt: '2026-02-03T09:00:00Z' },
  { folder: 'strength-training-the-calm-way', instructor: amara, publishedAt: '2026-03-10T09:00:00Z' },
  { folder: 'seeing-light', instructor: amara, publishedAt: '2026-04-14T09:00:00Z' },
  { folder: 'typescript-from-first-principles', instructor: tomas, publishedAt: '2026-05-05T09:00:00Z' },
];

/** What the demo student has done, counted back from the day of seeding, so that her week is always this week. */
const learning = [
  { course: 0, lessonsDone: 6, daysAgo: 9 },
  { course: 1, lessonsDone: 1, daysAgo: 2 },
  { course: 3, lessonsDone: 3, daysAgo: 0 },
];

const dayMs = 86_400_000;

/** Whether the demo school is complete. */
export async function hasDemoSchool(): Promise<boolean> {
  return (await findPersonByEmail(systemContext(), { email: ines.email })) !== undefined;
}

/** Loads the demo school through the features' own commands. Run again, it only adds what is missing; interrupted, the next run completes it. */
export async function seedDemoSchool(say: (line: string) => void): Promise<DemoSchool> {
  for (const person of [tomas, amara, mira]) await makePerson(person);
  const slugs: { slug: string; lessons: string[] }[] = [];
  for (const { folder, instructor, publishedAt } of courses) {
    say(`Loading the demo course ${slugs.length + 1} of ${courses.length}`);
    const owner = await personOf(instructor);
    const imported = await importCourse(systemContext(new Date(publishedAt)), {
      path: join(import.meta.dirname, '../../demo/courses', folder),
      instructorId: owner.id,
      publish: true,
    });
    slugs.push({
      slug: imported.course.slug,
      lessons: imported.chapters.flatMap((chapter) => chapter.lessons.map((lesson) => lesson.slug)),
    });
  }
  await learn(slugs);
  // The admin comes last: once she is there, everything before her is too.
  await makePerson(ines);
  return { courses: slugs.length };
}

async function learn(made: { slug: string; lessons: string[] }[]): Promise<void> {
  const student = await personOf(mira);
  for (const { course, lessonsDone, daysAgo } of learning) {
    const { slug, lessons } = made[course]!;
    const now = new Date(Date.now() - daysAgo * dayMs);
    await enrollInCourse(requestContext(student, undefined, now), { courseSlug: slug });
    for (const lessonSlug of lessons.slice(0, lessonsDone))
      await completeLesson(requestContext(student, undefined, now), { courseSlug: slug, lessonSlug });
  }
}

async function makePerson({ email, name, role, signsIn }: DemoPerson): Promise<void> {
  await createUser(systemContext(), { email, name, role, password: signsIn ? password : undefined, ifExists: 'keep' });
}

async function personOf({ email }: DemoPerson): Promise<Person> {
  const person = await findPersonByEmail(systemContext(), { email });
  if (!person) throw new Error(`The demo school's ${email} was not made`);
  return person;
}
