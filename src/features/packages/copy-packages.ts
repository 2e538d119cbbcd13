import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type LessonId, newId } from '#platform/ids.ts';

const copyRows = statement<unknown, [from: readonly string[], to: readonly string[], ids: readonly string[], moment: string]>(
  `insert into packages (id, lesson_id, identifier, manifest_version, title, parts, sha256, file_count, size_bytes, created_at, updated_at)
   select copy.id, copy.lesson_id, p.identifier, p.manifest_version, p.title, p.parts, p.sha256, p.file_count, p.size_bytes, $4::timestamptz, $4::timestamptz
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as copy (source_id, lesson_id, id) join packages p on p.lesson_id = copy.source_id`,
);
const copyFiles = statement<unknown, [from: readonly string[], to: readonly string[]]>(
  `insert into package_files (lesson_id, path, key, content_type, size_bytes)
   select copy.lesson_id, f.path, f.key, f.content_type, f.size_bytes
     from unnest($1::uuid[], $2::uuid[]) as copy (source_id, lesson_id) join package_files f on f.lesson_id = copy.source_id`,
);

/**
 * Gives what lessons became the packages that those lessons play, in a first edition of their own and without what anybody did in them. Stored objects are
 * shared. DANGEROUS: whoever calls has made sure that the actor may read the lessons; whether the copies are theirs, the database asks.
 */
export async function copyPackagesDangerouslyUnchecked(
  ctx: Context,
  { lessonIds }: { lessonIds: ReadonlyMap<LessonId, LessonId> },
): Promise<void> {
  const [from, to] = [[...lessonIds.keys()], [...lessonIds.values()]];
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.sql(
      copyRows,
      from,
      to,
      from.map(() => newId<'package'>()),
      ctx.now.toISOString(),
    );
    await ctx.db.sql(copyFiles, from, to);
  });
}
