import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { requireManager } from '../people/managed-person.ts';

/** Someone's wish to teach, and what became of it. */
export interface ApplicationLine {
  id: string;
  message: string;
  state: 'PENDING' | 'APPROVED' | 'REFUSED';
  answer: string | null;
  createdAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  personId: string;
  name: string;
  email: string;
  imageUrl: string | null;
  joinedAt: Date;
}

const pageSize = 20;

const lines = (where: string, order: string) =>
  statement<ApplicationLine, [from: string, limit: number]>(
    `select a.id, a.message, a.state, a.answer, a.created_at as "createdAt", a.decided_at as "decidedAt", d.name as "decidedBy",
            p.id as "personId", p.name, p.email, p.image as "imageUrl", p.created_at as "joinedAt"
       from teaching_applications a join users p on p.id = a.user_id left join users d on d.id = a.decided_by_id
      where ${where} order by ${order} limit $2`,
  );

// Ids are UUIDv7: their order is the order of time. Who has waited longest comes first; of the answered, the newest.
const waiting = lines("a.state = 'PENDING' and a.id > $1::uuid", 'a.id');
const answered = lines("a.state <> 'PENDING' and a.id < $1::uuid", 'a.id desc');

/** The wishes to teach: those that wait for an answer, or those that have one. `next` is where the next page begins. */
export async function applicationList(
  ctx: Context,
  input: { show: 'waiting' | 'answered'; from?: string | null },
): Promise<{ applications: ApplicationLine[]; next: string | null }> {
  requireManager(ctx);
  const beginning = input.show === 'waiting' ? '00000000-0000-0000-0000-000000000000' : 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  const from = input.from && isId(input.from) ? input.from : beginning;
  const rows = await asActor(ctx, (sql) => sql(input.show === 'waiting' ? waiting : answered, from, pageSize + 1));
  const applications = rows.slice(0, pageSize);
  return { applications, next: rows.length > pageSize ? (applications.at(-1)?.id ?? null) : null };
}
