import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { VideoId } from '#platform/ids.ts';

const remove = statement<unknown, [videoId: string, language: string]>('delete from captions where video_id = $1::uuid and language = $2');

/** Takes a video's captions in one language away. DANGEROUS: whoever calls has made sure that the actor may change what shows the video. */
export async function removeCaptions(ctx: Context, { videoId, language }: { videoId: VideoId; language: string }): Promise<void> {
  await inTransaction(ctx, (ctx) => ctx.db.sql(remove, videoId, language));
}
