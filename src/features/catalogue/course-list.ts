import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type CourseCard, type CourseCardRow, courseCard, courseCardColumns } from './course-card.ts';
import { type Level, levelLabels } from './labels.ts';

/** A page of the catalogue. */
export interface CourseListPage {
  courses: CourseCard[];
  /** Where the next page begins; null when this is the last. */
  next: string | null;
  categories: { slug: string; name: string; courseCount: number }[];
  levels: { value: string; label: string }[];
  /** The filters that hold; one that means nothing is left out. */
  level: string | null;
  category: { slug: string; name: string } | null;
}

const perPage = 24;

// One more than a page shows says whether there is a next one.
const newestPublished = statement<
  CourseCardRow,
  [level: string | null, category: string | null, publishedAt: string | null, id: string | null]
>(
  `select ${courseCardColumns}
     from courses c join people u on u.id = c.instructor_id
    where c.status = 'PUBLISHED'
      and ($1::level is null or c.level = $1::level)
      and ($2::text is null or exists (
            select from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id and g.slug = $2))
      and ($3::timestamptz is null or (c.published_at, c.id) < ($3::timestamptz, $4::uuid))
    order by c.published_at desc, c.id desc
    limit ${perPage + 1}`,
);

const filledCategories = statement<{ slug: string; name: string; courseCount: number }>(
  'select slug, name, course_count as "courseCount" from categories where course_count > 0 order by name limit 100',
);

const levelFilter = z.enum(['beginner', 'intermediate', 'advanced', 'expert']);
const place = /^(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Published courses, newest first, from a place in the list on. A filter or place that means nothing is ignored, as an address may be old. */
export async function courseList(
  ctx: Context,
  input: { level: string | null; category: string | null; after: string | null },
): Promise<CourseListPage> {
  const level = levelFilter.safeParse(input.level).data ?? null;
  const [, moment, id] = place.exec(input.after ?? '') ?? [];
  const from = moment === undefined ? null : new Date(Number(moment)).toISOString();
  const [rows, categories] = await Promise.all([
    ctx.db.sql(newestPublished, level?.toUpperCase() ?? null, input.category, from, id ?? null),
    ctx.db.sql(filledCategories),
  ]);
  const shown = rows.slice(0, perPage);
  const last = rows.length > perPage ? shown.at(-1) : undefined;
  return {
    courses: shown.map(courseCard),
    next: last ? `${last.publishedAt.getTime()}.${last.id}` : null,
    categories,
    levels: levelFilter.options.map((value) => ({ value, label: levelLabels[value.toUpperCase() as Level] })),
    level,
    category:
      input.category === null
        ? null
        : (categories.find((category) => category.slug === input.category) ?? { slug: input.category, name: input.category }),
  };
}
