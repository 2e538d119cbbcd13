import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

const recount = statement<unknown, [string[]]>(`
  update categories set course_count = counted.courses, student_count = counted.students
    from (select c.id, count(k.id)::int as courses, coalesce(sum(k.student_count), 0)::int as students
            from categories c
            left join course_categories cc on cc.category_id = c.id
            left join courses k on k.id = cc.course_id and k.status = 'PUBLISHED'
           where c.id = any($1::uuid[]) group by c.id) counted
   where categories.id = counted.id and (course_count, student_count) is distinct from (counted.courses, counted.students)`);

/** Brings the totals that categories carry in line with their published courses. */
export async function recountCategories(ctx: Context, categoryIds: readonly string[]): Promise<void> {
  await ctx.db.sql(recount, [...new Set(categoryIds)].sort());
}
