import { createHmac, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Config } from '#platform/config.server.ts';
import { newId } from '#platform/ids.ts';
import { authSecret } from '../../src/features/accounts/auth.server.ts';

/** Begins a session in a running school, as signing in would, and gives the browser's cookie header. */
export async function beginSession(school: { owner: pg.Client; secret: string }, userId: string): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await school.owner.query("insert into sessions (id, token, user_id, expires_at) values ($1, $2, $3, now() + interval '1 hour')", [
    newId(),
    token,
    userId,
  ]);
  const seal = createHmac('sha256', authSecret({ secret: school.secret } as Config))
    .update(token)
    .digest('base64');
  return `lyceum.session_token=${encodeURIComponent(`${token}.${seal}`)}`;
}
