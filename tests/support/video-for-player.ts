import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { VideoId } from '#platform/ids.ts';
import {
  type PlayableVideo,
  type PlayableVideoRow,
  playableVideoColumn,
  playableVideoDangerouslyUnchecked,
} from '../../src/features/media/films/video-for-player.ts';

const videoById = statement<{ video: PlayableVideoRow | null }, [string]>(`select ${playableVideoColumn('$1')} as video`);

/** A video by its id, as a lesson's page would give it to a player. */
export async function videoForPlayer(ctx: Context, input: { videoId: VideoId }): Promise<PlayableVideo | undefined> {
  const [row] = await ctx.db.sql(videoById, input.videoId);
  return playableVideoDangerouslyUnchecked(ctx, row?.video ?? null);
}
