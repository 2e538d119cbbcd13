import { putVideo } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { FileId, VideoId } from '#platform/ids.ts';
import type { VideoDraft } from './draft.ts';
import type { StoredFilm, StoredMedia } from './store-media.ts';

interface Wanted {
  /** The path of the text that names it. */
  source: string;
  video: VideoDraft | undefined;
  durationSeconds: number | undefined;
  /** What the text showed before. */
  videoId: VideoId | undefined;
  media: StoredMedia;
  fileIds: ReadonlyMap<string, FileId>;
}

export type WrittenVideo = { id: VideoId; changed: boolean; durationSeconds: number };

/** Writes the film that a text names; undefined when it names none, or its file could not be stored. */
export async function writeVideo(ctx: Context, wanted: Wanted): Promise<WrittenVideo | undefined> {
  const { source, video, videoId, media, fileIds } = wanted;
  if (video === undefined) return undefined;
  if (video.provider !== 'FILE') {
    const { provider, externalId } = video;
    const durationSeconds = video.durationSeconds ?? wanted.durationSeconds ?? 0;
    return { ...(await putVideo(ctx, { videoId, source: { provider, externalId }, durationSeconds })), durationSeconds };
  }
  const film = media.films.get(source);
  return film && writeFilm(ctx, film, videoId, fileIds);
}

async function writeFilm(
  ctx: Context,
  film: StoredFilm,
  videoId: VideoId | undefined,
  fileIds: ReadonlyMap<string, FileId>,
): Promise<WrittenVideo> {
  const durationSeconds = Math.max(1, Math.ceil(film.facts.durationSeconds));
  const languages = new Intl.DisplayNames(['en'], { type: 'language' });
  const video = await putVideo(ctx, {
    videoId,
    source: { provider: 'FILE', fileId: fileIds.get(film.file.key)! },
    durationSeconds,
    width: film.facts.width,
    height: film.facts.height,
    posterFileId: film.poster && fileIds.get(film.poster.key),
    captions: film.captions.map(({ file, language, label }) => ({
      fileId: fileIds.get(file.key)!,
      language,
      label: label ?? languages.of(language) ?? language,
    })),
  });
  return { ...video, durationSeconds };
}
