import type { Context } from '#platform/context.ts';

/** Whether somebody has not closed their account since a mail to them was written. */
export async function isStillHere(ctx: Context, { userId }: { userId: string }): Promise<boolean> {
  return (await ctx.db.prisma.user.count({ where: { id: userId, deletedAt: null } })) > 0;
}
