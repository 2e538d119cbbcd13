import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { dropOthers, type KeptRows, type KeptTable, keepRows, putBack } from '#platform/database/kept-rows.ts';
import { statement } from '#platform/database/statement.ts';
import type { VideoId } from '#platform/ids.ts';

const videos: KeptTable = { name: 'videos', key: ['id'] };
const captions: KeptTable = { name: 'captions', key: ['id'] };

/** Videos with their captions as they are at a moment. */
export interface KeptVideos {
  videos: KeptRows;
  captions: KeptRows;
}

/** Keeps videos as they are. DANGEROUS, like the two below: whoever calls has made sure that the actor may change what shows them. */
export async function keepVideosDangerouslyUnchecked(ctx: Context, { videoIds }: { videoIds: readonly VideoId[] }): Promise<KeptVideos> {
  return inTransaction(ctx, async (ctx) => ({
    videos: await keepRows(ctx, videos, 'id', videoIds),
    captions: await keepRows(ctx, captions, 'video_id', videoIds),
  }));
}

/** Puts videos back as they were kept. */
export async function restoreVideosDangerouslyUnchecked(ctx: Context, kept: KeptVideos): Promise<void> {
  const ids = kept.videos.map((row) => row.id as string);
  await inTransaction(ctx, async (ctx) => {
    await dropOthers(ctx, captions, 'video_id', ids, kept.captions);
    await putBack(ctx, videos, kept.videos);
    await putBack(ctx, captions, kept.captions);
  });
}

const deleteUnshown = statement<unknown, [readonly string[]]>(`
  delete from videos v where v.id = any ($1::uuid[])
    and not exists (select from lessons where video_id = v.id) and not exists (select from chapters where video_id = v.id)
    and not exists (select from courses where preview_video_id = v.id) and not exists (select from live_sessions where recording_video_id = v.id)`);

/** Deletes those of these videos that nothing shows. */
export async function deleteUnshownVideosDangerouslyUnchecked(ctx: Context, { videoIds }: { videoIds: readonly VideoId[] }): Promise<void> {
  await inTransaction(ctx, (ctx) => ctx.db.sql(deleteUnshown, videoIds));
}
