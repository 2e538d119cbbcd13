import { type Actor, guest } from '#platform/context.ts';
import { databaseOver } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { SessionId, UserId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type ActingRow, actingColumns, actingPerson } from '../acting-person.ts';
import { isReachableFromOutside, sessionSeconds } from '../auth.server.ts';
import { actorOfClerkToken } from '../external/clerk/actor-of-token.ts';
import { entryOf } from '../policy.ts';
import { sessionTokenOf } from './session-cookies.ts';

interface SessionRow extends ActingRow {
  sessionId: SessionId;
  startedAt: Date;
  expiresAt: Date;
  impersonatorId: UserId | null;
  impersonatorName: string | null;
  inCart: number;
  isInTeam: boolean;
}

/** Whoever acts as somebody must still be an admin in good standing, and the somebody none. */
const sessionByToken = statement<SessionRow, [token: string, now: string]>(
  `select ${actingColumns}, s.id as "sessionId", s.created_at as "startedAt", s.expires_at as "expiresAt",
          a.id as "impersonatorId", a.name as "impersonatorName",
          (select count(*)::int from cart_items i where i.user_id = u.id) as "inCart",
          exists (select from course_instructors i where i.user_id = u.id) as "isInTeam"
     from sessions s join users u on u.id = s.user_id left join users a on a.id = s.impersonated_by
    where s.token = $1 and s.expires_at > $2::timestamptz
      and (s.impersonated_by is null or (a.role = 'ADMIN' and a.deleted_at is null and u.role <> 'ADMIN'
           and not (a.banned and (a.ban_expires is null or a.ban_expires > $2::timestamptz))))`,
);

const prolong = statement<unknown, [token: string, now: string, until: string, due: string]>(
  `update sessions set expires_at = $3::timestamptz, updated_at = $2::timestamptz
    where token = $1 and expires_at > $2::timestamptz and expires_at <= $4::timestamptz`,
);

const daySeconds = 86_400;

/** Who sends a request: the person of its session, or of a token that the school takes instead, or a guest. A session that is remembered is prolonged once a day. */
export async function actorOf(headers: Headers, now: Date): Promise<Actor> {
  const { config, systemConnections } = runtime();
  const session = sessionTokenOf(headers, config);
  if (!session) return actorOfClerkToken(headers, now);
  const { sql } = databaseOver(systemConnections);
  const [row] = await sql(sessionByToken, session.token, now.toISOString());
  if (!row || entryOf(row, now, isReachableFromOutside(config)) !== 'welcome') return guest;
  const due = after(now, sessionSeconds - daySeconds);
  if (session.remembered && !row.impersonatorId && row.expiresAt <= due) {
    await sql(prolong, session.token, now.toISOString(), after(now, sessionSeconds).toISOString(), due.toISOString());
  }
  const { sessionId, startedAt, impersonatorId, impersonatorName, inCart, isInTeam } = row;
  const impersonator = impersonatorId ? { id: impersonatorId, name: impersonatorName ?? '' } : null;
  return { ...actingPerson(row), session: { id: sessionId, startedAt, impersonator, inCart, isInTeam } };
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
