import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import type { ImportReport } from '../import/report.ts';
import type { ImportState } from './imports-page.ts';

/** An import as its own page shows it. */
export interface ImportPage {
  id: string;
  name: string;
  state: ImportState;
  percent: number;
  /** What happens just now, or why it failed. */
  message: string;
  report: ImportReport | null;
  /** The course, while it is there. */
  course: { slug: string; title: string } | null;
  createdAt: Date;
}

interface Row extends Omit<ImportPage, 'course'> {
  slug: string | null;
  title: string | null;
}

const importById = statement<Row, [id: string, ownerId: string]>(
  `select i.id, i.name, i.state, i.percent, i.message, i.report, i.created_at as "createdAt", c.slug, c.title
     from imports i left join courses c on c.id = i.course_id where i.id = $1::uuid and i.owner_id = $2::uuid`,
);

/** One of the acting person's imports; what is somebody else's looks like what is not there. */
export async function importPage(ctx: Context, input: { importId: string }): Promise<ImportPage> {
  const person = requirePerson(ctx);
  const [row] = isId(input.importId) ? await asActor(ctx, (sql) => sql(importById, input.importId, person.id)) : [];
  if (!row) throw new AppError('not-found', 'There is no such import among yours.');
  const { slug, title, ...page } = row;
  return { ...page, course: slug !== null && title !== null ? { slug, title } : null };
}
