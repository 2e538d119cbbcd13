import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { VideoId } from '#platform/ids.ts';
import { filmUrl } from './film-link.ts';
import { type FilmWork, filmWorkColumn } from './film-work.ts';
import { type PlayableVideo, type PlayableVideoRow, playableVideoColumn, playableVideoDangerouslyUnchecked } from './video-for-player.ts';

/** A film as whoever may change it sees it. */
export interface FilmPanel {
  film: PlayableVideo;
  /** Its file; null of a film at another site. */
  file: { name: string; sizeBytes: number; contentType: string; work: FilmWork; workUrl: string } | null;
}

interface Row {
  film: PlayableVideoRow | null;
  file: { id: string; name: string; sizeBytes: number; contentType: string; work: FilmWork } | null;
}

const panel = statement<Row, [videoId: string]>(`
  select ${playableVideoColumn('shown.id')} as film,
         case when f.id is not null then json_build_object('id', f.id, 'name', f.name, 'sizeBytes', f.size_bytes, 'contentType', f.content_type,
           'work', ${filmWorkColumn('f.id')}) end as file
    from videos shown left join files f on f.id = shown.file_id where shown.id = $1::uuid`);

/** A film with its facts, and how far the school is with it. DANGEROUS: whoever asks has made sure that the actor may change what shows it. */
export async function filmPanelDangerouslyUnchecked(ctx: Context, { videoId }: { videoId: VideoId | null }): Promise<FilmPanel | null> {
  const [row] = videoId ? await ctx.db.sql(panel, videoId) : [];
  const film = row && playableVideoDangerouslyUnchecked(ctx, row.film);
  if (!row || !film) return null;
  if (!row.file) return { film, file: null };
  const { id, ...file } = row.file;
  return { film, file: { ...file, workUrl: filmUrl(ctx, id, 'work.json') } };
}
