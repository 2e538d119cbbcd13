import type { CourseTeam } from '#features/catalogue/policy.ts';
import { mayEditCourse } from '#features/catalogue/policy.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { isThere, othersColumn } from '../studio/studio-course.ts';

/** What is lost when a chapter or lesson of a course is deleted for good. */
export interface Loss {
  id: string;
  kind: 'chapter' | 'lesson';
  title: string;
  /** How many lessons a chapter takes with it. */
  lessonCount: number;
  /** Students who have begun something of it; of more than `mostCounted`, that many. */
  studentCount: number;
}

/** Nobody decides otherwise for a larger number, and counting it would take a while. */
const mostCounted = 1000;

type Row = Loss & CourseTeam;

const itemOf = statement<Row, [slug: string, id: string, most: number]>(`
  select x.id, x.kind, x.title, x.lesson_count as "lessonCount", c.instructor_id as "instructorId", ${othersColumn},
    (select count(*)::int from (select distinct p.enrollment_id from lessons l join lesson_progress p on p.lesson_id = l.id
                                 where l.id = x.id or l.chapter_id = x.id limit $3) begun) as "studentCount"
    from courses c
    join (select id, course_id, 'chapter' as kind, title, (select count(*)::int from lessons l where l.chapter_id = h.id and ${isThere('lesson_id', 'l.id')}) as lesson_count
            from chapters h where h.id = $2 and ${isThere('chapter_id', 'h.id')}
          union all
          select id, course_id, 'lesson', title, 1 from lessons l where id = $2 and ${isThere('lesson_id', 'l.id')}) x on x.course_id = c.id
   where c.slug = $1`);

/** What deleting would cost, for who may delete; null when the id is nothing of the course, as an address may be old. One query. */
export async function lossOf(ctx: Context, input: { slug: string; id: string | null }): Promise<Loss | null> {
  const { slug, id } = input;
  if (!id || !isId(id)) return null;
  const [row] = await asActor(ctx, (sql) => sql(itemOf, slug, id, mostCounted));
  if (!row || !mayEditCourse(ctx.actor, row)) return null;
  const { instructorId, others, ...loss } = row;
  return loss;
}
