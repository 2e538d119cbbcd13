import type { CourseCardRow } from './course-card.ts';
import { courseCardColumns } from './course-card.ts';

/** What of a related course comes out of JSON: a card has no use for the day of its publication. */
export type RelatedRow = Omit<CourseCardRow, 'publishedAt'>;

/** More than a page shows, because a student sees none that they are in already. */
const mostRelated = 12;

/** The newest of each category that are looked at: so much work it is at the most, however large the school. */
const lookedAtInCategory = 100;
const categoriesLookedAt = 4;

/**
 * The cards of the courses most like the course `k`, as SQL: shared tags count most, then a shared field, the level and the language; what more people
 * learn comes first among equals. Never the course itself, and none that is not published.
 */
export const relatedColumn = `
  coalesce((select json_agg(to_json(related) order by related.likeness desc, related.students desc, related.id desc) from (
    select ${courseCardColumns}, picked.likeness, c.student_count as students
      from (select o.id, sum(near.weight)
                   + 3 * cardinality(array(select unnest(o.tags) intersect select unnest(k.tags)))
                   + (o.level = k.level)::int + 2 * (o.language = k.language)::int as likeness
              from (select category_id, case when is_main then 3 else 2 end as weight from course_categories
                     where course_id = k.id order by is_main desc, category_id limit ${categoriesLookedAt}) shared
             cross join lateral (select course_id, shared.weight from course_categories
                     where category_id = shared.category_id and course_id <> k.id order by course_id desc limit ${lookedAtInCategory}) near
              join courses o on o.id = near.course_id and o.status = 'PUBLISHED'
             group by o.id
             order by likeness desc, o.student_count desc, o.id desc limit ${mostRelated}) picked
      join courses c on c.id = picked.id join people u on u.id = c.instructor_id) related), '[]')`;
