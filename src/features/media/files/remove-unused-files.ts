import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { FileId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { deleteUnrecordedJob } from './delete-unrecorded.ts';

const references = statement<{ table: string; column: string }>(`
  select conrelid::regclass::text as "table", attname as "column" from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
   where contype = 'f' and confrelid = 'files'::regclass and conrelid <> 'uploads'::regclass and conparentid = 0 order by 1, 2`);

/**
 * Removes those of the acting person's files that no row of any table points at but for the upload that they came by, and whose key is not among those that texts name. Their bytes go by a
 * job once that is committed.
 */
export async function removeUnusedFiles(ctx: Context, input: { fileIds: readonly FileId[]; named: ReadonlySet<string> }): Promise<void> {
  const { id: ownerId } = requirePerson(ctx);
  if (input.fileIds.length === 0) return;
  await inTransaction(ctx, async (ctx) => {
    const used = (await ctx.db.sql(references)).map(
      ({ table, column }) => `and not exists (select from ${table} r where r.${column} = f.id)`,
    );
    const remove = statement<{ key: string; variants: { key: string }[] }, [readonly string[], string, string[]]>(
      `delete from files f where f.id = any ($1::uuid[]) and f.owner_id = $2::uuid and f.key <> all ($3) ${used.join(' ')} returning key, variants`,
    );
    for (const { key, variants } of await ctx.db.sql(remove, input.fileIds, ownerId, [...input.named]))
      await enqueue(ctx, deleteUnrecordedJob, { key, objectKeys: [key, ...variants.map((variant) => variant.key)] });
  });
}
