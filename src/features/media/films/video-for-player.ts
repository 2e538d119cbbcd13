import type { Context } from '#platform/context.ts';
import type { VideoId } from '#platform/ids.ts';
import { signedFileUrl } from '../files/signed-link.ts';
import { fileUrl, type Visibility } from '../files/stored-file.ts';
import { filmUrl } from './film-link.ts';

/** A video as a player needs it. */
export type PlayableVideo = { id: VideoId; durationSeconds: number; width: number | null; height: number | null } & (
  | {
      provider: 'FILE';
      src: string;
      contentType: string;
      /** The list of its sizes (HLS), once all are made. */
      hls: string | null;
      poster: string | null;
      captions: { src: string; language: string; label: string }[];
    }
  | { provider: 'YOUTUBE' | 'VIMEO'; externalId: string }
);

interface Stored {
  key: string;
  visibility: Visibility;
}

/** What `playableVideoColumn` gives. */
export interface PlayableVideoRow {
  id: VideoId;
  provider: 'FILE' | 'YOUTUBE' | 'VIMEO';
  externalId: string | null;
  durationSeconds: number;
  width: number | null;
  height: number | null;
  file: (Stored & { id: string; contentType: string; hasLadder: boolean }) | null;
  poster: Stored | null;
  captions: (Stored & { language: string; label: string })[];
}

/** The SQL of what a player needs to know of a video; null when it is not ready. */
export const playableVideoColumn = (videoId: string) => `
  (select json_build_object('id', v.id, 'provider', v.provider, 'externalId', v.external_id, 'durationSeconds', v.duration_seconds, 'width', v.width, 'height', v.height,
     'file', case when f.id is not null then json_build_object('id', f.id, 'key', f.key, 'visibility', f.visibility, 'contentType', f.content_type,
       'hasLadder', exists (select from ladders l where l.file_id = f.id and l.state = 'DONE')) end,
     'poster', case when p.id is not null then json_build_object('key', p.key, 'visibility', p.visibility) end,
     'captions', coalesce((
       select json_agg(json_build_object('key', cf.key, 'visibility', cf.visibility, 'language', c.language, 'label', c.label) order by c.language)
         from captions c join files cf on cf.id = c.file_id where c.video_id = v.id
     ), '[]'))
     from videos v left join files f on f.id = v.file_id left join files p on p.id = v.poster_file_id
    where v.id = ${videoId} and v.state = 'READY')`;

/** A video with links that work for this actor. DANGEROUS: whoever asks has made sure that the actor may see what it belongs to. */
export function playableVideoDangerouslyUnchecked(ctx: Context, row: PlayableVideoRow | null): PlayableVideo | undefined {
  if (!row) return undefined;
  const { provider, externalId, file, poster, captions, ...facts } = row;
  if (provider !== 'FILE') return { ...facts, provider, externalId: externalId ?? '' };
  if (!file) return undefined;
  const url = (stored: Stored) => (stored.visibility === 'PUBLIC' ? fileUrl(stored.key) : signedFileUrl(ctx, stored.key));
  return {
    ...facts,
    provider,
    src: url(file),
    contentType: file.contentType,
    hls: file.hasLadder ? filmUrl(ctx, file.id, 'all.m3u8') : null,
    poster: poster && url(poster),
    captions: captions.map((caption) => ({ src: url(caption), language: caption.language, label: caption.label })),
  };
}
