import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type LessonId, newId } from '#platform/ids.ts';
import type { StoredPackage } from './stored-package.ts';

const upsert = statement<
  { id: string },
  [
    id: string,
    lessonId: string,
    identifier: string,
    version: string,
    title: string,
    parts: string,
    sha256: string,
    files: number,
    bytes: number,
    moment: string,
  ]
>(
  `insert into packages as known (id, lesson_id, identifier, manifest_version, title, parts, sha256, file_count, size_bytes, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10::timestamptz, $10::timestamptz)
   on conflict (lesson_id) do update
     set edition = known.edition + 1, identifier = excluded.identifier, manifest_version = excluded.manifest_version, title = excluded.title,
         parts = excluded.parts, sha256 = excluded.sha256, file_count = excluded.file_count, size_bytes = excluded.size_bytes, updated_at = excluded.updated_at
     where known.sha256 <> excluded.sha256
   returning id`,
);
const forgetFiles = statement<unknown, [lessonId: string]>('delete from package_files where lesson_id = $1::uuid');
const addFiles = statement<unknown, [lessonId: string, files: string]>(
  `insert into package_files (lesson_id, path, key, content_type, size_bytes)
   select $1::uuid, path, key, content_type, size_bytes
     from jsonb_to_recordset($2::jsonb) as file (path text, key text, content_type text, size_bytes bigint)`,
);

/**
 * Makes a stored package the one of a lesson, in the caller's transaction. Another that was there goes; what learners have done in parts of the same name
 * stays. False where the lesson had this very package. Whoever calls it has asked whether the actor may change the lesson; the database asks again.
 */
export async function recordPackage(ctx: Context, input: { lessonId: LessonId; stored: StoredPackage }): Promise<boolean> {
  const { lessonId, stored } = input;
  const { identifier, version, title, parts } = stored.manifest;
  const sizeBytes = stored.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db.sql(
      upsert,
      newId<'package'>(),
      lessonId,
      identifier,
      version,
      title,
      JSON.stringify(parts),
      stored.sha256,
      stored.files.length,
      sizeBytes,
      ctx.now.toISOString(),
    );
    if (!row) return false;
    await ctx.db.sql(forgetFiles, lessonId);
    const files = stored.files.map(({ path, key, contentType, sizeBytes }) => ({
      path,
      key,
      content_type: contentType,
      size_bytes: sizeBytes,
    }));
    await ctx.db.sql(addFiles, lessonId, JSON.stringify(files));
    return true;
  });
}
