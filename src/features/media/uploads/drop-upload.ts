import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { ownUpload } from './own-upload.ts';
import { clearStaging } from './staging.ts';

/** Gives up an upload of the acting person's that has not become a file: its row and what is here of its bytes. */
export async function dropUpload(ctx: Context, { uploadId }: { uploadId: string }): Promise<void> {
  const upload = await ownUpload(ctx, { uploadId });
  if (upload.fileId) return;
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.prisma.upload.deleteMany({ where: { id: upload.id, fileId: null } });
  });
  await clearStaging(upload.id);
}
