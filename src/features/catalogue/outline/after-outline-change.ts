import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { publish } from '#platform/events.server.ts';
import { outlineChanged } from '../events.server.ts';
import type { EditableCourse } from '../write/editable-course.ts';

/** What learners see: the published lessons that are not hidden, of published chapters that are not hidden. */
const seen = `
  select l.chapter_id, l.duration_seconds from lessons l join chapters c on c.id = l.chapter_id
   where c.course_id = $1 and c.published and c.visibility = 'PUBLIC' and l.published and l.visibility <> 'PRIVATE'`;

const recountChapters = statement<unknown, [string]>(`
  update chapters c set duration_seconds = counted.seconds
    from (select c.id, coalesce(sum(s.duration_seconds), 0)::int as seconds from chapters c left join (${seen}) s on s.chapter_id = c.id where c.course_id = $1 group by c.id) counted
   where c.id = counted.id and c.duration_seconds <> counted.seconds`);

const recount = statement<unknown, [string]>(`
  update courses set chapter_count = counted.chapters, lesson_count = counted.lessons, duration_minutes = counted.minutes
    from (select count(distinct chapter_id)::int as chapters, count(*)::int as lessons, ceil(coalesce(sum(duration_seconds), 0) / 60.0)::int as minutes from (${seen}) s) counted
   where id = $1 and (chapter_count, lesson_count, duration_minutes) is distinct from (counted.chapters, counted.lessons, counted.minutes)`);

/** Brings the counts and lengths that the course and its chapters carry in line with their lessons, and tells who keeps percentages over them. */
export async function afterOutlineChange(ctx: Context, course: EditableCourse): Promise<void> {
  await ctx.db.sql(recountChapters, course.id);
  await ctx.db.sql(recount, course.id);
  if (!course.isDraft) await publish(ctx, outlineChanged, { courseId: course.id });
}
