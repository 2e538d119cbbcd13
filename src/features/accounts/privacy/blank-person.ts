import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { formerMemberName } from './policy.ts';

const nowhere = 'closed.invalid';

const deletions = [
  statement<unknown, [userId: string]>('delete from sessions where user_id = $1::uuid or impersonated_by = $1::uuid'),
  ...['accounts', 'passkeys', 'two_factors', 'api_keys', 'user_profiles', 'user_preferences', 'teaching_applications', 'data_exports'].map(
    (table) => statement<unknown, [userId: string]>(`delete from ${table} where user_id = $1::uuid`),
  ),
];

const blankTeacher = statement<unknown, [userId: string]>(
  `update instructor_profiles
      set title = null, expertise = '{}', years_of_experience = null, certifications = '{}', linked_in = null, twitter = null,
          github = null, website = null, updated_at = now()
    where user_id = $1::uuid`,
);

const blankLearner = statement<unknown, [userId: string]>(
  `update student_profiles
      set learning_goals = '{}', preferred_topics = '{}', skill_level = null, time_availability = null, weekly_goal_minutes = null,
          updated_at = now()
    where user_id = $1::uuid`,
);

/** Takes the person out of what accounts keeps of them: ways in and private rows go, totals stay, the row in `users` bears no name. */
export async function blankPerson(ctx: Context, userId: string): Promise<void> {
  for (const deletion of deletions) await ctx.db.sql(deletion, userId);
  await ctx.db.sql(blankTeacher, userId);
  await ctx.db.sql(blankLearner, userId);
  await ctx.db.prisma.user.update({
    where: { id: userId },
    data: {
      name: formerMemberName,
      email: `closed+${userId}@${nowhere}`,
      emailVerified: false,
      username: null,
      displayUsername: null,
      image: null,
      imageKey: null,
      role: 'STUDENT',
      headline: null,
      bio: null,
      website: null,
      timeZone: 'UTC',
      locale: 'en',
      stripeCustomerId: null,
      twoFactorEnabled: false,
      banned: false,
      banReason: null,
      banExpires: null,
      deletedAt: ctx.now,
    },
  });
}
