import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { ApiKeyId } from '#platform/ids.ts';

/** A key as its owner sees it: never the key itself. */
export interface ApiKeyLine {
  id: ApiKeyId;
  name: string;
  start: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  hasExpired: boolean;
}

const keysOf = statement<Omit<ApiKeyLine, 'hasExpired'>, [userId: string]>(
  `select id, coalesce(name, '') as name, coalesce(start, '') as start, coalesce(permissions, '[]')::jsonb as scopes, created_at as "createdAt",
          last_request as "lastUsedAt", expires_at as "expiresAt"
     from api_keys where user_id = $1::uuid order by id desc`,
);

/** The actor's keys, newest first. */
export async function listApiKeys(ctx: Context): Promise<ApiKeyLine[]> {
  const { id } = requirePerson(ctx);
  const keys = await asActor(ctx, (sql) => sql(keysOf, id));
  return keys.map((key) => ({ ...key, hasExpired: key.expiresAt !== null && key.expiresAt <= ctx.now }));
}
