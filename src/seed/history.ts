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
 * A year of the demo school: each classmate takes one to four courses, soon after they appeared or later, studies on the same few days of
 * every week, and finishes about half of them, as people do. The same every time, but for the day on which it ends.
 */
export function demoHistory(): DemoEnrollment[] {
  return classmates.flatMap(({ name }, student) => {
    const chance = randomFrom(name);
    const courses = shuffled(
      demoCourses.map((_, course) => course),
      chance,
    ).slice(0, 1 + Math.floor(chance() * 4));
    const weekdays = new Set(shuffled([0, 1, 2, 3, 4, 5, 6], chance).slice(0, 2 + Math.floor(chance() * 4)));
    return courses.map((course) => ({ student, course, ...study(demoCourses[course]?.publishedDaysAgo ?? 0, weekdays, chance) }));
  });
}

function study(
  publishedDaysAgo: number,
  weekdays: ReadonlySet<number>,
  chance: () => number,
): Pick<DemoEnrollment, 'enrolledDaysAgo' | 'lessonDaysAgo'> {
  const enrolledDaysAgo = Math.ceil((publishedDaysAgo - 1) * (1 - chance() ** 1.7));
  const lessons = chance() < 0.5 ? mostLessons : Math.floor(chance() * 6);
  const lessonDaysAgo: number[] = [];
  for (let day = enrolledDaysAgo; day > 0 && lessonDaysAgo.length < lessons; day -= 1) {
    // Most of the planned days become one lesson, a few become two, and some are needed for something else.
    const luck = weekdays.has(day % 7) ? chance() : 0;
    if (luck > 0.2) lessonDaysAgo.push(day);
    if (luck > 0.9 && lessonDaysAgo.length < lessons) lessonDaysAgo.push(day);
  }
  return { enrolledDaysAgo, lessonDaysAgo };
}

function shuffled(items: number[], chance: () => number): number[] {
  return items
    .map((item) => ({ item, place: chance() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
