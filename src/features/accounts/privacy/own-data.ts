import { type Context, requirePerson } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { Obstacle } from '#platform/personal-data.server.ts';
import { mayAskAgainAt } from './ask-for-data.ts';
import { countAdmins, obstaclesOf } from './obstacles.ts';

/** The newest archive that a person asked for, and whether they may ask for another. */
export interface OwnData {
  archive: { id: string; state: 'QUEUED' | 'READY' | 'FAILED'; createdAt: Date; sizeBytes: number | null; expiresAt: Date | null } | null;
  /** When another may be asked for; null is now. */
  askAgainAt: Date | null;
}

const newest = statement<NonNullable<OwnData['archive']>, [userId: string, now: string]>(
  `select id, state, created_at as "createdAt", size_bytes as "sizeBytes", expires_at as "expiresAt" from data_exports
    where user_id = $1::uuid and (expires_at is null or expires_at > $2::timestamptz) order by id desc limit 1`,
);

/** What the page about one's own data shows. */
export async function ownData(ctx: Context): Promise<OwnData> {
  const { id } = requirePerson(ctx);
  const [archive] = await asActor(ctx, (sql) => sql(newest, id, ctx.now.toISOString()));
  if (!archive) return { archive: null, askAgainAt: null };
  const again = mayAskAgainAt(archive);
  return { archive, askAgainAt: archive.state !== 'FAILED' && again > ctx.now ? again : null };
}

/** What the actor must settle before they may close their account. */
export async function ownObstacles(ctx: Context): Promise<readonly Obstacle[]> {
  const person = requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => obstaclesOf(ctx, person, { adminCount: await countAdmins(ctx), byAnother: false }));
}
