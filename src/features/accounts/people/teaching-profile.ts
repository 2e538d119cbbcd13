import type { Context } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';

/** Gives someone who begins to teach the public face that instructors have; one that is there stays as it is. */
export async function ensureTeachingProfile(ctx: Context, userId: string): Promise<void> {
  await ctx.db.prisma.instructorProfile.upsert({ where: { userId }, create: { id: newId(), userId }, update: {} });
}
