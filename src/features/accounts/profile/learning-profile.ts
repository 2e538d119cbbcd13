import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';

/** What a learner aims at. */
export interface LearningProfile {
  learningGoals: string[];
  preferredTopics: string[];
  skillLevel: string;
  timeAvailability: string;
  weeklyGoalMinutes: number | null;
}

const learningProfileOf = statement<LearningProfile, [userId: string]>(
  `select learning_goals as "learningGoals", preferred_topics as "preferredTopics", coalesce(skill_level::text, '') as "skillLevel",
          coalesce(time_availability, '') as "timeAvailability", weekly_goal_minutes as "weeklyGoalMinutes"
     from student_profiles where user_id = $1::uuid`,
);

/** The acting person's own aims, empty until they told any. */
export async function learningProfile(ctx: Context): Promise<LearningProfile> {
  const { id } = requirePerson(ctx);
  const [row] = await asActor(ctx, (sql) => sql(learningProfileOf, id));
  return row ?? { learningGoals: [], preferredTopics: [], skillLevel: '', timeAvailability: '', weeklyGoalMinutes: null };
}
