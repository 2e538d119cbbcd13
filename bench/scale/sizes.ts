/** How much there is of everything in a school that grows in stages. */
export interface Size {
  courses: number;
  /** Enrollments after each stage. */
  stages: readonly number[];
  /** Progress rows when all stages are filled. */
  progress: number;
}

/** A school of the size asked for; the stages before have a hundredth and a tenth of its enrollments. */
export function sizeOf({ courses, enrollments, progress }: { courses: number; enrollments: number; progress: number }): Size {
  return { courses, stages: [enrollments / 100, enrollments / 10, enrollments].map(Math.floor), progress };
}

export const instructorsOf = (size: Size): number => Math.max(1, Math.ceil(size.courses / 50));

/** What is popular is deep: a tenth of the courses has 48 lessons, most have 8. A course's number is its rank. */
export function lessonsOf(course: number, size: Size): number {
  const rank = course / size.courses;
  return rank < 0.1 ? 48 : rank < 0.4 ? 18 : 8;
}

/** One course in fifty is not published, and nobody is in it. */
export const isDraft = (course: number): boolean => course % 50 === 49;

export const lessonsPerChapter = 8;
/** Room for the numbers of a course's lessons and chapters. */
export const lessonNumber = (course: number, place: number): number => course * 64 + place;
export const chapterNumber = (course: number, place: number): number => course * 8 + Math.floor(place / lessonsPerChapter);

/** The moment at which the school is looked at. */
export const today = new Date('2026-05-04T10:00:00Z');

/** A moment so many minutes before that, as COPY reads it. */
export const minutesAgo = (minutes: number): string => new Date(today.getTime() - Math.floor(minutes) * 60_000).toISOString();
