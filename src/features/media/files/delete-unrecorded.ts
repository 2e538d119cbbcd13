import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { runtime } from '#platform/runtime.server.ts';

const hold = statement<unknown, [string]>("select pg_advisory_xact_lock(hashtextextended('file ' || $1, 0))");
const recorded = statement<{ id: string }, [string]>('select id from files where key = $1');

// Whatever somebody's picture still is stays.
const deleteRow = statement<{ variants: { key: string }[] }, [key: string, ownerId: string]>(
  'delete from files where key = $1 and owner_id = $2::uuid and not exists (select from people where image_key = $1) returning variants',
);

/** Until the transaction ends nobody else stores or deletes under this key: the same bytes may come back in the moment in which they go. */
export async function holdKey(ctx: Context, key: string): Promise<void> {
  await ctx.db.sql(hold, key);
}

/** Deletes objects, unless a row of their key is there (again). */
export async function deleteUnrecorded(ctx: Context, input: { key: string; objectKeys: string[] }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await holdKey(ctx, input.key);
    if ((await ctx.db.sql(recorded, input.key)).length > 0) return;
    for (const key of input.objectKeys) await runtime().storage.delete(key);
  });
}

/** Deletes the bytes of a file whose row has gone, once that is certain. */
export const deleteUnrecordedJob = defineJob({
  name: 'media.deleteUnrecorded',
  schema: z.object({ key: z.string(), objectKeys: z.array(z.string()) }),
  handler: deleteUnrecorded,
});

/** Removes an owner's file that is nobody's picture anymore: its row now, its bytes by a job once that is committed. */
export async function removeFile(ctx: Context, input: { key: string; ownerId: UserId }): Promise<void> {
  const [row] = await ctx.db.sql(deleteRow, input.key, input.ownerId);
  if (!row) return;
  await enqueue(ctx, deleteUnrecordedJob, { key: input.key, objectKeys: [input.key, ...row.variants.map((variant) => variant.key)] });
}
