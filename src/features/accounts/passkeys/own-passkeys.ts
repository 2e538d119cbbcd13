import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';

export interface OwnPasskey {
  id: string;
  name: string;
  createdAt: Date;
  /** Unknown until it was used once. */
  lastUsedAt: Date | null;
  /** Whether the person's other devices have it too. */
  isSynced: boolean;
}

const ownRows = statement<OwnPasskey, [userId: string]>(
  `select id, coalesce(name, 'Passkey') as name, created_at as "createdAt", backed_up as "isSynced",
          case when updated_at > created_at then updated_at end as "lastUsedAt"
     from passkeys where user_id = $1 order by created_at, id`,
);

/** The actor's passkeys, oldest first. */
export async function ownPasskeys(ctx: Context): Promise<OwnPasskey[]> {
  const { id } = requirePerson(ctx);
  return asActor(ctx, (sql) => sql(ownRows, id));
}
