import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { FileId, UserId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { mayStoreFor } from '../policy.ts';
import { bytesInWords } from './bytes-in-words.ts';
import type { StoredFile, Variant, Visibility } from './stored-file.ts';

/** A file that is stored already under this key. */
export async function recordedFile(ctx: Context, key: string): Promise<StoredFile | undefined> {
  const row = await ctx.db.prisma.file.findUnique({ where: { key } });
  if (row?.state !== 'READY' || row.sha256 === null) return undefined;
  const { id, name, contentType, sizeBytes, sha256, width, height } = row;
  return {
    id: id as FileId,
    key,
    name,
    contentType,
    sizeBytes: Number(sizeBytes),
    sha256,
    visibility: row.visibility satisfies Visibility,
    ownerId: row.ownerId as UserId | null,
    width,
    height,
    variants: row.variants as unknown as Variant[],
    isRecorded: true,
  };
}

/** Writes the rows of files whose bytes are stored, in the caller's transaction. Gives each key's id: a key that is there already keeps its row. */
export async function recordFiles(ctx: Context, files: readonly StoredFile[]): Promise<Map<string, FileId>> {
  for (const { ownerId } of files)
    if (!mayStoreFor(ctx.actor, ownerId)) throw new AppError('forbidden', 'You cannot keep files for someone else.');
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.prisma.file.createMany({
      data: files.map(({ isRecorded: _, variants, ...file }) => ({
        ...file,
        variants: variants.map((variant) => ({ ...variant })),
        state: 'READY' as const,
        storage: runtime().storage.kind,
        createdAt: ctx.now,
      })),
      skipDuplicates: true,
    });
    await refuseFullRoom(ctx);
    const rows = await ctx.db.prisma.file.findMany({
      where: { key: { in: files.map((file) => file.key) } },
      select: { id: true, key: true },
    });
    return new Map(rows.map((row) => [row.key, row.id as FileId]));
  });
}

const keptBytesOf = statement<{ sizeBytes: number }, [string]>(
  'select size_bytes::float8 as "sizeBytes" from storage_use where owner_id = $1::uuid',
);

/** What comes in by another way than an upload, as the files of an import, has no more room than uploads have. */
async function refuseFullRoom(ctx: Context): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'person' || actor.role === 'ADMIN') return;
  const { quotaBytes } = runtime().config.uploads;
  const [kept] = await ctx.db.sql(keptBytesOf, actor.id);
  if ((kept?.sizeBytes ?? 0) > quotaBytes)
    throw new AppError(
      'invalid',
      `There is no room left for this: your files may have ${bytesInWords(quotaBytes)}. Whoever runs the school can allow more.`,
    );
}

/** Takes the bytes of files back out of the storage whose rows were never written. */
export async function discardFiles(ctx: Context, files: readonly StoredFile[]): Promise<void> {
  for (const file of files) {
    if (file.isRecorded || (await recordedFile(ctx, file.key))) continue;
    for (const key of [file.key, ...file.variants.map((variant) => variant.key)]) await runtime().storage.delete(key);
  }
}
