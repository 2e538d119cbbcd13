import { type CoverPicture, type CoverRow, coverColumn, coverPicture } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { type RunStatement, statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';

/** A course that somebody might take next. */
export interface RecommendedCourse {
  slug: string;
  title: string;
  category: string | null;
  instructor: string;
  cover: CoverPicture | null;
  isFree: boolean;
}

/** What is known of the one who chooses. */
export interface Learner {
  id: string;
  /** Ids of all courses they are or were enrolled in. */
  enrolledIn: readonly string[];
  /** The courses that they learn. */
  courses: readonly { category: string | null; tags: readonly string[] }[];
}

interface PopularRow extends Omit<RecommendedCourse, 'cover'> {
  id: string;
  instructorId: string;
  tags: string[];
  categories: string[];
  cover: CoverRow | null;
}

// Along the index of popular courses, whose first hundred cost the same in every school.
const popularCourses = statement<PopularRow>(
  `select c.id, c.slug, c.title, u.name as instructor, c.instructor_id as "instructorId", c.is_free as "isFree", c.tags, ${coverColumn} as cover,
          array(select g.name from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id order by k.is_main desc, g.name) as categories
     from (select * from courses where status = 'PUBLISHED' order by student_count desc, id desc limit 100) c
     join people u on u.id = c.instructor_id
    order by c.student_count desc, c.id desc`,
);

let kept: { by: unknown; edition: number; untilMs: number; rows: PopularRow[] } | undefined;
const keptForMs = 60_000;

/** The popular courses of the school, kept as guests' pages are: until a commit changes what the catalogue shows, and a minute at the most. */
export async function popular(ctx: Context, sql: RunStatement): Promise<PopularRow[]> {
  const { guestPages } = runtime();
  const edition = guestPages.edition();
  if (kept?.by === guestPages && kept.edition === edition && kept.untilMs > ctx.now.getTime() && guestPages.isListening()) return kept.rows;
  const rows = await sql(popularCourses);
  if (guestPages.isListening()) kept = { by: guestPages, edition, untilMs: ctx.now.getTime() + keptForMs, rows };
  return rows;
}

const mostRecommended = 3;

/**
 * Courses for someone to take next, among the school's hundred most popular: those first that share a category or tags with what they learn, the more popular
 * first of equals. Never one that they ever enrolled in or teach.
 */
export function recommendedCourses(courses: readonly PopularRow[], learner: Learner): RecommendedCourse[] {
  const enrolledIn = new Set(learner.enrolledIn);
  const categories = new Set(learner.courses.map(({ category }) => category));
  const tags = new Set(learner.courses.flatMap((course) => course.tags));
  const likeness = (course: PopularRow) =>
    2 * Number(course.categories.some((name) => categories.has(name))) + Math.min(3, course.tags.filter((tag) => tags.has(tag)).length);
  return courses
    .filter((course) => !enrolledIn.has(course.id) && course.instructorId !== learner.id)
    .map((course) => ({ course, likeness: likeness(course) }))
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, mostRecommended)
    .map(({ course: { slug, title, categories, instructor, cover, isFree } }) => {
      return { slug, title, category: categories[0] ?? null, instructor, cover: coverPicture(cover), isFree };
    });
}
