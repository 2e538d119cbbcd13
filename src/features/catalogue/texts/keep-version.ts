import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';

/** So long one goes on with the version that one began. */
const sittingMinutes = 10;

/** So many versions are kept of a lesson; the latest of them are never thinned. */
const mostVersions = 60;
const untouched = 20;

interface Words {
  title: string;
  content: string;
}

interface Version extends Words {
  id: string;
  authorId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const latest = statement<Version, [lessonId: string]>(
  `select id, author_id as "authorId", title, content, created_at as "createdAt", updated_at as "updatedAt"
     from lesson_versions where lesson_id = $1::uuid order by created_at desc, id desc limit 1`,
);
const insert = statement<unknown, [id: string, lessonId: string, authorId: string | null, title: string, content: string, moment: string]>(
  `insert into lesson_versions (id, lesson_id, author_id, title, content, created_at, updated_at)
   values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::timestamptz, $6::timestamptz)`,
);
const extend = statement<unknown, [id: string, title: string, content: string, moment: string]>(
  'update lesson_versions set title = $2, content = $3, updated_at = greatest(created_at, $4::timestamptz) where id = $1::uuid',
);

// Of versions that lie close together one is enough; what lies alone, long ago, stays.
const thin = statement<unknown, [lessonId: string, most: number, untouched: number]>(
  `with ranked as (
     select id, row_number() over newest as rank, created_at - lead(created_at) over newest as gap from lesson_versions where lesson_id = $1::uuid
     window newest as (order by created_at desc, id desc))
   delete from lesson_versions where id in (
     select id from ranked where rank > $3 and gap is not null order by gap, rank desc limit greatest(0, (select count(*) from ranked) - $2))`,
);

/**
 * Keeps a lesson's words, in the transaction that writes them. Who goes on within some minutes goes on with one version; words that came in another
 * way meanwhile are kept before they are written over.
 */
export async function keepVersion(
  ctx: Context,
  input: { lessonId: string; before: Words & { updatedAt: Date }; after: Words; beginsAnew?: boolean },
): Promise<void> {
  const { lessonId, before, after } = input;
  const authorId = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const moment = ctx.now.toISOString();
  const [last] = await ctx.db.sql(latest, lessonId);
  const isKnown = last ? last.content === before.content : before.content === '';
  if (!isKnown) {
    const earlier = new Date(Math.min(before.updatedAt.getTime(), ctx.now.getTime() - 1));
    const at = last && last.createdAt > earlier ? ctx.now : earlier;
    await ctx.db.sql(insert, newId(), lessonId, null, before.title, before.content, at.toISOString());
  }
  const goesOn = isKnown && !input.beginsAnew && last?.authorId === authorId && ctx.now.getTime() - last.updatedAt.getTime() < sittingMinutes * 60_000;
  if (goesOn && ctx.now.getTime() - last.createdAt.getTime() < 6 * sittingMinutes * 60_000) {
    await ctx.db.sql(extend, last.id, after.title, after.content, moment);
    return;
  }
  await ctx.db.sql(insert, newId(), lessonId, authorId, after.title, after.content, moment);
  await ctx.db.sql(thin, lessonId, mostVersions, untouched);
}
