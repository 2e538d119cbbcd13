import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { mayBeginCourse } from '../policy.ts';

export type ImportState = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'UNDONE';

export interface ImportLine {
  id: string;
  name: string;
  state: ImportState;
  format: string | null;
  createdAt: Date;
  /** The course that it made or changed, while it is there. */
  courseTitle: string | null;
}

/** One page of a person's imports, newest first. `older` is where the next page begins. */
export interface ImportsPage {
  imports: ImportLine[];
  older: string | null;
}

const pageSize = 25;
const afterAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time.
const importsBefore = statement<ImportLine, [ownerId: string, before: string, limit: number]>(
  `select i.id, i.name, i.state, i.format, i.created_at as "createdAt", c.title as "courseTitle"
     from imports i left join courses c on c.id = i.course_id
    where i.owner_id = $1::uuid and i.id < $2::uuid order by i.id desc limit $3`,
);

/** The acting person's imports. */
export async function importsPage(ctx: Context, input: { before?: string | null }): Promise<ImportsPage> {
  const { id } = requirePerson(ctx);
  if (!mayBeginCourse(ctx.actor)) throw new AppError('forbidden', 'Only instructors import courses.');
  const before = input.before && isId(input.before) ? input.before : afterAll;
  const rows = await asActor(ctx, (sql) => sql(importsBefore, id, before, pageSize + 1));
  const imports = rows.slice(0, pageSize);
  return { imports, older: rows.length > pageSize ? (imports.at(-1)?.id ?? null) : null };
}
