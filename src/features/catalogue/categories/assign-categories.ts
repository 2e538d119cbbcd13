import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';
import { holdEditableCourse } from '../write/editable-course.ts';
import { slugOf } from '../write/slug.ts';
import { recountCategories } from './recount-categories.ts';

const byNames = statement<{ id: string; name: string; slug: string }, [string[], string[]]>(
  'select id, lower(name) as name, slug from categories where lower(name) = any($1) or slug = any($2)',
);

/** Puts a course into these categories and no others; the first is its main one. Gives the names that no category has. */
export async function assignCategories(
  ctx: Context,
  input: { courseId: CourseId; names: readonly string[] },
): Promise<{ changed: boolean; unknown: string[] }> {
  return inTransaction(ctx, async (ctx) => {
    const { id: courseId } = await holdEditableCourse(ctx, input.courseId);
    const wanted = input.names.map((name) => ({ name: name.trim().toLowerCase(), slug: slugOf(name, '') }));
    const known = await ctx.db.sql(
      byNames,
      wanted.map(({ name }) => name),
      wanted.map(({ slug }) => slug),
    );
    const found = wanted.map(({ name, slug }) => known.find((category) => category.name === name || category.slug === slug)?.id);
    const ids = [...new Set(found.filter((id) => id !== undefined))];
    const before = await ctx.db.prisma.courseCategory.findMany({ where: { courseId }, orderBy: { isMain: 'desc' } });
    const changed = before.length !== ids.length || before.some((row) => !ids.includes(row.categoryId)) || before[0]?.categoryId !== ids[0];
    if (changed) {
      await ctx.db.prisma.courseCategory.deleteMany({ where: { courseId } });
      await ctx.db.prisma.courseCategory.createMany({
        data: ids.map((categoryId, index) => ({ courseId, categoryId, isMain: index === 0 })),
      });
      await recountCategories(ctx, [...ids, ...before.map((row) => row.categoryId)]);
    }
    return { changed, unknown: input.names.filter((_, index) => found[index] === undefined) };
  });
}
