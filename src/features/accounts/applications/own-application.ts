import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';

/** What became of the last time that someone asked to teach. */
export interface OwnApplication {
  id: string;
  state: 'PENDING' | 'APPROVED' | 'REFUSED';
  message: string;
  askedAt: Date;
  decidedAt: Date | null;
  /** What the school answered. */
  answer: string | null;
}

const latestOf = statement<OwnApplication, [userId: string]>(
  `select id, state, message, created_at as "askedAt", decided_at as "decidedAt", answer
     from teaching_applications where user_id = $1::uuid order by created_at desc, id desc limit 1`,
);

/** The acting person's latest application to teach, or null. */
export async function ownApplication(ctx: Context): Promise<OwnApplication | null> {
  const { id } = requirePerson(ctx);
  const [row] = await asActor(ctx, (sql) => sql(latestOf, id));
  return row ?? null;
}
