import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { weeklyGoalField } from './weekly-goal.ts';

const schema = z.object({ weeklyGoalMinutes: weeklyGoalField });

/** Sets how many minutes the acting person wants to learn in a week, or that they want no goal. */
export async function setWeeklyGoal(ctx: Context, input: z.input<typeof schema>): Promise<void> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { weeklyGoalMinutes } = parseInput(schema, input);
  await inTransaction(ctx, (ctx) =>
    ctx.db.prisma.studentProfile.upsert({
      where: { userId },
      create: { id: newId(), userId, weeklyGoalMinutes },
      update: { weeklyGoalMinutes },
      select: { id: true },
    }),
  );
}
