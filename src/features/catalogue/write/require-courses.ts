import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';
import { holdEditableCourse } from './editable-course.ts';

interface Wanted {
  id: string;
  slug: string;
  /** It asks for this course itself, directly or through others. */
  isBehind: boolean;
}

const holdPrerequisites = statement<unknown, []>("select pg_advisory_xact_lock(hashtextextended('course_prerequisites', 0))");

const coursesBySlugs = statement<Wanted, [slugs: string[], courseId: string]>(
  `with recursive behind as (
     select $2::uuid as id union select r.course_id from course_prerequisites r join behind on r.prerequisite_id = behind.id
   )
   select c.id, c.slug, exists (select from behind where behind.id = c.id) as "isBehind"
     from courses c where c.slug = any($1) and c.status <> 'DRAFT'`,
);

/** Asks for these courses before a course, and for no others. Gives the slugs that no course has which anybody may know of, and those that would close a circle. */
export async function requireCourses(
  ctx: Context,
  input: { courseId: CourseId; slugs: readonly string[] },
): Promise<{ changed: boolean; unknown: string[]; circular: string[] }> {
  return inTransaction(ctx, async (ctx) => {
    const { id: courseId } = await holdEditableCourse(ctx, input.courseId);
    // The database refuses a circle anyway; with its lock held first, what is found here is still true when it is written.
    await ctx.db.sql(holdPrerequisites);
    const slugs = [...new Set(input.slugs)];
    const known = await ctx.db.sql(coursesBySlugs, slugs, courseId);
    const ids = known.filter(({ isBehind }) => !isBehind).map(({ id }) => id);
    const before = (await ctx.db.prisma.coursePrerequisite.findMany({ where: { courseId } })).map((row) => row.prerequisiteId);
    const gone = before.filter((id) => !ids.includes(id));
    const come = ids.filter((id) => !before.includes(id));
    // What stays keeps its day: who enrolled before it was asked for goes on without.
    if (gone.length > 0) await ctx.db.prisma.coursePrerequisite.deleteMany({ where: { courseId, prerequisiteId: { in: gone } } });
    if (come.length > 0) {
      await ctx.db.prisma.coursePrerequisite.createMany({
        data: come.map((prerequisiteId) => ({ courseId, prerequisiteId, createdAt: ctx.now })),
      });
    }
    return {
      changed: gone.length + come.length > 0,
      unknown: slugs.filter((slug) => !known.some((course) => course.slug === slug)),
      circular: known.filter(({ isBehind }) => isBehind).map(({ slug }) => slug),
    };
  });
}
