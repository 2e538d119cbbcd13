import { type Actor, guest } from '#platform/context.ts';
import { databaseOver } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { ApiKeyId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type ActingRow, actingColumns, actingPerson } from '../acting-person.ts';
import { isReachableFromOutside } from '../auth.server.ts';
import { entryOf } from '../policy.ts';
import { hashOfKey, keyOf } from './key.ts';

interface KeyRow extends ActingRow {
  keyId: ApiKeyId;
  scopes: string[];
  lastUsedAt: Date | null;
}

const personByKey = statement<KeyRow, [hash: string, now: string]>(
  `select ${actingColumns}, k.id as "keyId", coalesce(k.permissions, '[]')::jsonb as scopes, k.last_request as "lastUsedAt"
     from api_keys k join users u on u.id = k.user_id
    where k.key = $1 and k.enabled and (k.expires_at is null or k.expires_at > $2::timestamptz)`,
);

const noteUse = statement<unknown, [keyId: string, now: string]>(
  'update api_keys set last_request = $2::timestamptz where id = $1::uuid and (last_request is null or last_request < $2::timestamptz)',
);

const minuteMs = 60_000;

/** Whether a request bears something that wants to be a key of ours, good or not. */
export function bearsApiKey(headers: Headers): boolean {
  return headers.get('authorization')?.startsWith('Bearer lyc_') ?? false;
}

/** Whom the key of a request acts for, or a guest. The caller lets this count beneath `/api/` only. That the key was used is written once a minute. */
export async function actorOfKey(headers: Headers, now: Date): Promise<Actor> {
  const key = keyOf(headers);
  if (!key) return guest;
  const { config, systemConnections } = runtime();
  const { sql } = databaseOver(systemConnections);
  const [row] = await sql(personByKey, hashOfKey(key), now.toISOString());
  if (!row || entryOf(row, now, isReachableFromOutside(config)) !== 'welcome') return guest;
  const { keyId, scopes, lastUsedAt } = row;
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() >= minuteMs) await sql(noteUse, keyId, now.toISOString());
  return { ...actingPerson(row), apiKey: { id: keyId, scopes } };
}
