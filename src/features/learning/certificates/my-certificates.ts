import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import type { LocalDate } from '#platform/time.ts';
import type { Snapshot } from './certificate.ts';

/** A certificate in its holder's own list. */
export interface MyCertificate {
  code: string;
  course: string;
  instructor: string;
  completedOn: LocalDate;
  isRevoked: boolean;
}

/** A page of one's certificates, the last one first. */
export interface MyCertificates {
  certificates: MyCertificate[];
  isFirstPage: boolean;
  /** Where the next page begins. */
  older: string | null;
}

interface Row {
  id: string;
  code: string;
  snapshot: Snapshot;
  completedAt: Date;
  isRevoked: boolean;
}

const pageSize = 24;

const certificatesBefore = statement<Row, [person: string, moment: string | null, id: string | null]>(
  `select k.id, k.code, k.snapshot, e.completed_at as "completedAt", k.revoked_at is not null as "isRevoked"
     from enrollments e join certificates k on k.enrollment_id = e.id
    where e.user_id = $1::uuid and ($2::timestamptz is null or (e.completed_at, k.id) < ($2::timestamptz, $3::uuid))
    order by e.completed_at desc, k.id desc limit ${pageSize + 1}`,
);

/** The certificates of the acting person. */
export async function myCertificates(ctx: Context, input: { before?: string | null }): Promise<MyCertificates> {
  const person = requirePerson(ctx);
  const place = placeOf(input.before ?? '');
  const rows = await asActor(ctx, (sql) => sql(certificatesBefore, person.id, place?.moment ?? null, place?.id ?? null));
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    certificates: shown.map(({ code, snapshot: { course, instructor, completedOn }, isRevoked }) => ({
      code,
      course,
      instructor,
      completedOn,
      isRevoked,
    })),
    isFirstPage: place === undefined,
    older: rows.length > pageSize && last ? `${last.completedAt.getTime()}.${last.id}` : null,
  };
}

/** What an address says of where a page begins; it may say anything. */
function placeOf(text: string): { moment: string; id: string } | undefined {
  const [, time = '', id = ''] = /^(\d{1,13})\.(.+)$/.exec(text) ?? [];
  return time && isId(id) ? { moment: new Date(Number(time)).toISOString(), id } : undefined;
}
