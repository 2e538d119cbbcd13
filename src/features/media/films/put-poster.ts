import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { VideoId } from '#platform/ids.ts';
import { ownFile } from '../uploads/own-file.ts';

const set = statement<unknown, [videoId: string, fileId: string, now: string]>(
  "update videos set poster_file_id = $2::uuid, updated_at = $3::timestamptz where id = $1::uuid and provider = 'FILE'",
);

/** Makes an uploaded picture of the actor's the poster of a film. DANGEROUS: whoever calls has made sure that the actor may change what shows it. */
export async function putPoster(ctx: Context, { videoId, fileId }: { videoId: VideoId; fileId: string }): Promise<void> {
  const picture = await ownFile(ctx, { fileId, purpose: 'image' });
  await inTransaction(ctx, (ctx) => ctx.db.sql(set, videoId, picture.id, ctx.now.toISOString()));
}
