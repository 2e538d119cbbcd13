import { randomFrom } from '#ui/seed.ts';
import { demoCourses } from './courses.ts';
import { classmates } from './people.ts';

/** Somebody enrolls, and then finishes lessons in their order, each on its day. Days are counted back from the day of loading. */
export interface DemoEnrollment {
  /** Place in the list of classmates. */
  student: number;
  /** Place in the list of courses. */
  course: number;
  enrolledDaysAgo: number;
  lessonDaysAgo: readonly number[];
}

const mostLessons = 10;

/**
 * A year of the demo school: each classmate takes one to four courses, works at their own pace, and finishes about half of them, as people do.
 * The same every time, but for the day on which it ends.
 */
export function demoHistory(): DemoEnrollment[] {
  return classmates.flatMap(({ name }, student) => {
    const chance = randomFrom(name);
    const courses = shuffled(
      demoCourses.map((_, course) => course),
      chance,
    ).slice(0, 1 + Math.floor(chance() * 4));
    return courses.map((course) => ({ student, course, ...study(demoCourses[course]?.publishedDaysAgo ?? 0, chance) }));
  });
}

function study(publishedDaysAgo: number, chance: () => number): Pick<DemoEnrollment, 'enrolledDaysAgo' | 'lessonDaysAgo'> {
  const enrolledDaysAgo = 1 + Math.floor(chance() * (publishedDaysAgo - 1));
  const lessons = chance() < 0.5 ? mostLessons : Math.floor(chance() * 6);
  const pauseDays = 1 + Math.floor(chance() * 4);
  const days = Array.from({ length: lessons }, (_, lesson) => enrolledDaysAgo - lesson * pauseDays);
  return { enrolledDaysAgo, lessonDaysAgo: days.filter((day) => day > 0) };
}

function shuffled(items: number[], chance: () => number): number[] {
  return items
    .map((item) => ({ item, place: chance() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
