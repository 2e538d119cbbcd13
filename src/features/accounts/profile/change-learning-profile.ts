import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { listField, optionalLine } from './text-fields.ts';
import { weeklyGoalField } from './weekly-goal.ts';

const schema = z.object({
  learningGoals: listField({ lines: 10, characters: 200 }),
  preferredTopics: listField({ lines: 20, characters: 60 }),
  skillLevel: z
    .enum(['', 'BEGINNER', 'INTERMEDIATE', 'ADVANCED', 'EXPERT'], 'Choose one of the levels.')
    .transform((level) => level || null),
  timeAvailability: optionalLine(200),
  weeklyGoalMinutes: weeklyGoalField,
});

/** Every field as a form has it; lists have one thing a line. */
export type LearningProfileChange = Record<keyof z.output<typeof schema>, string>;

/** Changes what the acting person aims at. */
export async function changeLearningProfile(ctx: Context, input: LearningProfileChange): Promise<void> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const profile = parseInput(schema, input);
  await inTransaction(ctx, (ctx) =>
    ctx.db.prisma.studentProfile.upsert({
      where: { userId },
      create: { id: newId(), userId, ...profile },
      update: profile,
      select: { id: true },
    }),
  );
}
