import { type Actor, guest, type Role } from '#platform/context.ts';
import { databaseOver } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { isReachableFromOutside, sessionSeconds } from './auth.server.ts';
import { entryOf, type Standing } from './policy.ts';
import { sessionTokenOf } from './session-cookies.ts';

interface SessionRow extends Standing {
  id: UserId;
  name: string;
  role: Role;
  timeZone: string;
  locale: string;
  expiresAt: Date;
}

const sessionByToken = statement<SessionRow, [token: string, now: string]>(
  `select u.id, u.name, u.email, u.role, u.time_zone as "timeZone", u.locale, u.banned, u.ban_expires as "banExpires",
          u.deleted_at as "deletedAt", s.expires_at as "expiresAt"
     from sessions s join users u on u.id = s.user_id
    where s.token = $1 and s.expires_at > $2::timestamptz`,
);

const prolong = statement<unknown, [token: string, now: string, until: string, due: string]>(
  `update sessions set expires_at = $3::timestamptz, updated_at = $2::timestamptz
    where token = $1 and expires_at > $2::timestamptz and expires_at <= $4::timestamptz`,
);

const daySeconds = 86_400;

/** Who sends a request: the person of its session, or a guest. A session that is remembered is prolonged once a day. */
export async function actorOf(headers: Headers, now = new Date()): Promise<Actor> {
  const { config, systemConnections } = runtime();
  const session = sessionTokenOf(headers, config);
  if (!session) return guest;
  const { sql } = databaseOver(systemConnections);
  const [row] = await sql(sessionByToken, session.token, now.toISOString());
  if (!row || entryOf(row, now, isReachableFromOutside(config)) !== 'welcome') return guest;
  const due = after(now, sessionSeconds - daySeconds);
  if (session.remembered && row.expiresAt <= due) {
    await sql(prolong, session.token, now.toISOString(), after(now, sessionSeconds).toISOString(), due.toISOString());
  }
  const { id, name, email, role, timeZone, locale } = row;
  return { kind: 'person', id, name, email, role, timeZone, locale };
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
