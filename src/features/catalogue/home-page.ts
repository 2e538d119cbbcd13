import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type CourseCard, type CourseCardRow, courseCard, courseCardColumns } from './course-card.ts';

/** What the school shows first. */
export interface HomePage {
  courses: CourseCard[];
  categories: { slug: string; name: string; courseCount: number }[];
}

/** Featured courses first, then the newest: one that leads, and full rows of four, three or two. */
const shownFirst = statement<CourseCardRow>(
  `select ${courseCardColumns} from courses c join people u on u.id = c.instructor_id
    where c.status = 'PUBLISHED' order by c.featured desc, c.published_at desc, c.id desc limit 9`,
);

const largestCategories = statement<{ slug: string; name: string; courseCount: number }>(
  'select slug, name, course_count as "courseCount" from categories where course_count > 0 order by course_count desc, name limit 8',
);

/** The home page: a few courses and the fields they are in. */
export async function homePage(ctx: Context): Promise<HomePage> {
  const [rows, categories] = await Promise.all([ctx.db.sql(shownFirst), ctx.db.sql(largestCategories)]);
  return { courses: rows.map(courseCard), categories };
}
