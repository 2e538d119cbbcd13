import { type CourseCardRow, courseCardColumns } from './course-card.ts';

/** What of a related course comes out of JSON: a card has no use for the day of its publication. */
export type RelatedRow = Omit<CourseCardRow, 'publishedAt'>;

/** More than a page shows, because a student sees none that they are in already. */
const mostRelated = 12;

/** The newest of each category that are looked at: so much work it is at the most, however large the school. */
const lookedAtInCategory = 100;
const categoriesLookedAt = 4;
/** The most popular of the school, which may share a tag without sharing a field. */
const popularLookedAt = 50;

/**
 * The cards of the courses most like the course `k`, as SQL: shared tags count most, then a shared field, the level and the language; what more people
 * learn comes first among equals. Never the course itself, none that is not published, and none that shares neither a tag nor a field.
 */
export const relatedColumn = `
  coalesce((select json_agg(to_json(related) order by related.likeness desc, related.students desc, related.id desc) from (
    select ${courseCardColumns}, picked.likeness, c.student_count as students
      from (select o.id, o.student_count, near.weight + 3 * cardinality(shared_tags) + (o.level = k.level)::int + 2 * (o.language = k.language)::int as likeness
              from (select id, sum(weight) as weight from (
                      select beside.id, shared.weight
                        from (select category_id, case when is_main then 3 else 2 end as weight from course_categories
                               where course_id = k.id order by is_main desc, category_id limit ${categoriesLookedAt}) shared
                       cross join lateral (select course_id as id from course_categories
                               where category_id = shared.category_id order by course_id desc limit ${lookedAtInCategory}) beside
                      union all
                      (select id, 0 from courses where status = 'PUBLISHED' order by student_count desc, id desc limit ${popularLookedAt})) looked_at
                     where id <> k.id group by id) near
              join courses o on o.id = near.id and o.status = 'PUBLISHED'
             cross join lateral (select array(select unnest(o.tags) intersect select unnest(k.tags)) as shared_tags) tagged
             where near.weight > 0 or cardinality(shared_tags) > 0
             order by likeness desc, o.student_count desc, o.id desc limit ${mostRelated}) picked
      join courses c on c.id = picked.id join people u on u.id = c.instructor_id) related), '[]')`;
