import { type RunStatement, statement } from '#platform/database/statement.ts';
import type { DeedLine } from '../people/person-for-admin.ts';
import { sentenceOf } from './sentences.ts';

interface DeedRow {
  id: string;
  action: string;
  at: Date;
  actor: string | null;
  before: Record<string, string> | null;
  after: Record<string, string> | null;
}

const deedsOf = statement<DeedRow, [subjectType: string, subjectId: string]>(
  `select l.id, l.action, l.at, a.name as actor, l.before, l.after
     from audit_log l left join users a on a.id = l.actor_id
    where l.subject_type = $1 and l.subject_id = $2 order by l.sequence desc limit 20`,
);

/** What staff did with a thing lately, the newest first, for a page that reads it with its other statements. */
export async function deedsAbout(
  sql: RunStatement,
  { subjectType, subjectId }: { subjectType: string; subjectId: string },
): Promise<DeedLine[]> {
  const rows = await sql(deedsOf, subjectType, subjectId);
  return rows.map(({ id, action, at, actor, before, after }) => ({
    id,
    at,
    sentence: sentenceOf(action, { who: actor ?? 'The program', whom: null, before: before ?? {}, after: after ?? {} }),
    reason: after?.reason ?? null,
  }));
}
