import type { Context, Role } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { sentenceOf } from '../audit/sentences.ts';
import { isReachableFromOutside } from '../auth.server.ts';
import { mayActAs } from '../impersonation/policy.ts';
import { requireManager } from './managed-person.ts';
import { stateOf } from './people-list.ts';
import { type Deed, mayDo } from './policy.ts';

interface PersonRow {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  username: string | null;
  imageUrl: string | null;
  role: Role;
  joinedAt: Date;
  lastSeenAt: Date | null;
  sessions: number;
  banned: boolean;
  banReason: string | null;
  banExpires: Date | null;
  deletedAt: Date | null;
  hasPassword: boolean;
  hasTwoSteps: boolean;
  passkeys: number;
  /** Names of the providers by which they also come in. */
  connections: string[];
  apiKeys: number;
  timeZone: string;
  applicationWaits: boolean;
}

const personById = statement<PersonRow, [id: string, now: string]>(
  `select u.id, u.name, u.email, u.email_verified as "emailVerified", u.username, u.image as "imageUrl", u.role, u.created_at as "joinedAt",
          u.banned, u.ban_reason as "banReason", u.ban_expires as "banExpires", u.deleted_at as "deletedAt", u.time_zone as "timeZone",
          u.two_factor_enabled as "hasTwoSteps", s.sessions, s.seen as "lastSeenAt",
          exists (select from accounts a where a.user_id = u.id and a.provider_id = 'credential') as "hasPassword",
          (select count(*)::int from passkeys p where p.user_id = u.id) as passkeys,
          (select count(*)::int from api_keys k where k.user_id = u.id and k.enabled) as "apiKeys",
          array(select a.provider_id from accounts a where a.user_id = u.id and a.provider_id <> 'credential' order by 1) as connections,
          exists (select from teaching_applications t where t.user_id = u.id and t.state = 'PENDING') as "applicationWaits"
     from users u
     left join lateral (
       select count(*) filter (where s.expires_at > $2::timestamptz)::int as sessions, max(s.updated_at) as seen
         from sessions s where s.user_id = u.id and s.impersonated_by is null) s on true
    where u.id = $1::uuid`,
);

/** Something that was done to or with a person's account. */
export interface DeedLine {
  id: string;
  at: Date;
  sentence: string;
  /** Why, where somebody had to say so. */
  reason: string | null;
}

interface DeedRow {
  id: string;
  action: string;
  at: Date;
  actorId: string | null;
  actor: string | null;
  before: Record<string, string> | null;
  after: Record<string, string> | null;
}

const deedsAbout = statement<DeedRow, [id: string]>(
  `select l.id, l.action, l.at, l.actor_id as "actorId", a.name as actor, l.before, l.after
     from audit_log l left join users a on a.id = l.actor_id
    where l.subject_type = 'user' and l.subject_id = $1 order by l.sequence desc limit 20`,
);

const deeds = ['changeRole', 'suspend', 'liftSuspension', 'endSessions', 'sendPasswordLink', 'confirmAddress', 'close'] as const;

/** Everything that an admin needs to know of somebody's account, what was done with it lately, and what they may do now. */
export async function personForAdmin(ctx: Context, input: { id: string }) {
  requireManager(ctx);
  const [[row], lines] = isId(input.id)
    ? await asActor(ctx, (sql) => Promise.all([sql(personById, input.id, ctx.now.toISOString()), sql(deedsAbout, input.id)]))
    : [[], []];
  if (!row) throw new AppError('not-found', 'There is no such person.');
  const { banned: _, deletedAt, ...person } = row;
  const may = Object.fromEntries(deeds.map((deed) => [deed, mayDo(deed, ctx.actor, row, ctx.now)])) as Record<Deed, boolean>;
  const actAs = mayActAs(ctx.actor, row, ctx.now, isReachableFromOutside(runtime().config));
  return {
    person: { ...person, closedAt: deletedAt, state: stateOf(row, ctx.now) },
    deeds: lines.map((line) => deedLine(line, row)),
    may: { ...may, actAs },
  };
}

function deedLine({ id, at, action, actorId, actor, ...line }: DeedRow, person: PersonRow): DeedLine {
  const [before, after] = [line.before ?? {}, line.after ?? {}];
  const whom = actorId === person.id ? null : person.name;
  const sentence = sentenceOf(action, { who: actor ?? 'The program', whom, before, after });
  return { id, at, sentence, reason: after.reason ?? after.answer ?? null };
}
