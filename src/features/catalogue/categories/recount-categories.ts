import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

const recount = statement<unknown, [string[]]>('select recount_categories($1::uuid[])');

/** Brings the totals that categories carry in line with their published courses. */
export async function recountCategories(ctx: Context, categoryIds: readonly string[]): Promise<void> {
  await ctx.db.sql(recount, [...new Set(categoryIds)].sort());
}
