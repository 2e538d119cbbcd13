import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { type RunStatement, statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { type AuditLine, type AuditRow, lineOf } from './audit-line.ts';
import { mayReadAuditLog } from './policy.ts';
import { auditActions } from './sentences.ts';

/** What an admin looks for; all of it may come from an old address and mean nothing. */
export interface AuditFilter {
  /** Name, e-mail address or id of whoever did it, or “the program”. */
  person?: string | null;
  action?: string | null;
  /** Name, e-mail address or id of what it was done to. */
  subject?: string | null;
  /** First and last day, in UTC. */
  from?: string | null;
  to?: string | null;
  before?: string | null;
}

/** One page of the audit log, newest first. `older` is where the next page begins. */
export interface AuditPage {
  lines: AuditLine[];
  older: string | null;
  actions: { value: string; label: string }[];
  /** The newest check of the chain; null before the first. */
  lastCheck: { at: Date; entries: string; firstBreak: string | null } | null;
}

type Values = [
  before: string | null,
  actors: string[] | null,
  action: string | null,
  subjects: string[] | null,
  from: string | null,
  to: string | null,
  byProgram: boolean,
];

const pageSize = 50;

// Ids are compared as text, because a subject may be anything. The nightly check of the log is shown to who asks for it.
const entries = statement<AuditRow, Values>(
  `select sequence as place, at, actor_id as "actorId", action, subject_type as "subjectType", subject_id as "subjectId", before, after,
          host(ip_address) as address
     from audit_log
    where ($1::bigint is null or sequence < $1::bigint)
      and ($2::uuid[] is null or actor_id = any ($2::uuid[]))
      and ($3::text is null or action = $3)
      and ($3::text is not null or action <> 'accounts.auditLogChecked')
      and ($4::text[] is null or subject_id = any ($4::text[]))
      and ($5::date is null or at >= $5::date::timestamp at time zone 'UTC')
      and ($6::date is null or at < ($6::date + 1)::timestamp at time zone 'UTC')
      and (not $7::boolean or actor_id is null)
    order by sequence desc limit ${pageSize + 1}`,
);

const lastCheck = statement<{ at: Date; after: Record<string, string> }>(
  `select at, after from audit_log where action = 'accounts.auditLogChecked' order by sequence desc limit 1`,
);

const peopleLike = statement<{ id: string }, [words: string, pattern: string]>(
  'select id from users where id::text = $1 or email = lower($1) or name ilike $2 limit 200',
);

const namesOf = statement<{ id: string; name: string }, [ids: string[]]>('select id, name from users where id = any ($1::uuid[])');

const place = z.string().regex(/^[1-9]\d{0,15}$/);
const day = z.iso.date();

/** The audit log, as sentences. */
export async function auditLog(ctx: Context, filter: AuditFilter): Promise<AuditPage> {
  if (!mayReadAuditLog(ctx.actor)) throw new AppError('forbidden', 'Only admins read the audit log.');
  return asActor(ctx, async (sql) => {
    const byProgram = /^\s*(the )?program\s*$/i.test(filter.person ?? '');
    const [actors, subjects] = await Promise.all([byProgram ? null : peopleCalled(sql, filter.person), peopleCalled(sql, filter.subject)]);
    const [rows, [check]] = await Promise.all([
      sql(
        entries,
        place.safeParse(filter.before).data ?? null,
        actors,
        filter.action || null,
        subjects && [...subjects, filter.subject!.trim()],
        day.safeParse(filter.from).data ?? null,
        day.safeParse(filter.to).data ?? null,
        byProgram,
      ),
      sql(lastCheck),
    ]);
    const shown = rows.slice(0, pageSize);
    const names = await namesIn(sql, shown);
    return {
      lines: shown.map((row) => lineOf(row, names)),
      older: rows.length > pageSize ? String(shown.at(-1)?.place) : null,
      actions: auditActions,
      lastCheck: check ? { at: check.at, entries: check.after.entries ?? '0', firstBreak: check.after.firstBreak ?? null } : null,
    };
  });
}

/** Ids of the people whom the words mean; null when nothing was asked. */
async function peopleCalled(sql: RunStatement, words: string | null | undefined): Promise<string[] | null> {
  const asked = words?.trim();
  if (!asked) return null;
  const found = await sql(peopleLike, asked, `%${asked.replace(/[\\%_]/g, '\\$&')}%`);
  return found.map(({ id }) => id);
}

async function namesIn(sql: RunStatement, rows: AuditRow[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ actorId, subjectId, after }) => [actorId, subjectId, after?.actingAs]);
  const known = new Set(ids.filter((id): id is string => typeof id === 'string' && isId(id)));
  if (known.size === 0) return new Map();
  return new Map((await sql(namesOf, [...known])).map(({ id, name }) => [id, name]));
}
