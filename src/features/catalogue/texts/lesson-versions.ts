import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';

/** A lesson's words at some time, as a list shows them. */
export interface LessonVersion {
  id: string;
  /** Null for words that came in another way, as by an import. */
  author: string | null;
  at: Date;
  letters: number;
  /** These are the words that stand now. */
  isCurrent: boolean;
}

/** A lesson’s words as they are and as they were. */
export interface VersionsPage {
  lessonId: string;
  title: string;
  content: string;
  versions: LessonVersion[];
  /** The one that was asked for. */
  chosen: { id: string; content: string } | null;
}

type Row = Pick<VersionsPage, 'lessonId' | 'title' | 'content' | 'chosen'> & { versions: (Omit<LessonVersion, 'at'> & { at: string })[] };

// The wall shows versions to those who may change the course, and to nobody else; the course itself is asked of the same rule.
const versionsOf = statement<Row, [course: string, lesson: string, chosen: string | null]>(`
  select l.id as "lessonId", l.title, l.content,
    coalesce((select json_agg(json_build_object('id', v.id, 'author', p.name, 'at', v.updated_at, 'letters', length(v.content),
                'isCurrent', v.content = l.content) order by v.created_at desc, v.id desc)
                from lesson_versions v left join people p on p.id = v.author_id where v.lesson_id = l.id), '[]') as versions,
    (select json_build_object('id', v.id, 'content', v.content) from lesson_versions v where v.lesson_id = l.id and v.id = $3::uuid) as chosen
    from lessons l join courses c on c.id = l.course_id where c.slug = $1 and l.slug = $2 and (app_sees_all() or app_may_edit_course(c.id))
     and not exists (select from removals x where x.lesson_id = l.id or x.chapter_id = l.chapter_id)`);

/** The versions of a lesson, the latest first, for who may change it. One query. */
export async function versionsPage(ctx: Context, input: { course: string; lesson: string; chosen: string | null }): Promise<VersionsPage> {
  requirePerson(ctx);
  const chosen = input.chosen !== null && isId(input.chosen) ? input.chosen : null;
  const [row] = await asActor(ctx, (sql) => sql(versionsOf, input.course, input.lesson, chosen));
  if (!row) throw new AppError('not-found', 'There is no such lesson among yours.');
  return { ...row, versions: row.versions.map((version) => ({ ...version, at: new Date(version.at) })) };
}
