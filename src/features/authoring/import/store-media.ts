import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  type FilmFacts,
  fileUrl,
  filmFacts,
  largestImageBytes,
  prepareFile,
  prepareImage,
  prepareKeptImage,
  type StoredFile,
} from '#features/media/index.server.ts';
import { type StoredPackage, storePackage } from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { UserId } from '#platform/ids.ts';
import type { AssetDraft, CourseDraft, FilmWish, LessonDraft } from './draft.ts';
import { type Follower, steps } from './follower.ts';
import type { SourceTree } from './source/source-tree.ts';

const largestAttachmentBytes = 200 * 1024 * 1024;
const largestFilmBytes = 8 * 1024 ** 3;
const largestCaptionBytes = 5 * 1024 * 1024;

/** A film with its bytes stored. */
export interface StoredFilm {
  file: StoredFile;
  facts: FilmFacts;
  poster: StoredFile | undefined;
  captions: { path: string; file: StoredFile; language: string; label: string | undefined }[];
}

/** The bytes of a draft's files, stored but without rows: nobody sees them before the course is written. */
export interface StoredMedia {
  files: StoredFile[];
  /** Address of each asset that could be stored, by its path. */
  urls: Map<string, string>;
  byPath: Map<string, StoredFile>;
  /** By the path of the text that names it: a lesson's, a chapter's, or for the trailer the course's own. */
  films: Map<string, StoredFilm>;
  /** By the lesson's source. */
  packages: Map<string, StoredPackage>;
  packageFiles: { key: string }[];
}

/** Stores what the draft's texts show and link. What cannot be stored goes to the draft's `leftOut`. Fills `into` as it goes, so that a failure can be cleaned up. */
export async function storeMedia(
  ctx: Context,
  input: { draft: CourseDraft; tree: SourceTree; ownerId: UserId; follower: Follower },
  into: StoredMedia,
): Promise<void> {
  const { draft, tree, ownerId } = input;
  const wishes: (FilmWish | LessonDraft)[] = draft.chapters.flatMap((chapter) => chapter.lessons);
  for (const wish of [draft.trailer, ...draft.chapters.map((chapter) => chapter.film)]) if (wish) wishes.push(wish);
  const films = wishes.filter((wish) => wish.video?.provider === 'FILE').length;
  const step = steps(input.follower, 'Storing files', [20, 70], draft.assets.size + films);
  for (const asset of draft.assets.values()) {
    await step();
    const file = await attempt(draft, asset.path, () =>
      asset.kind === 'image' ? storeImage(ctx, draft, asset, ownerId) : storeAttachment(ctx, asset, ownerId),
    );
    if (!file) continue;
    into.files.push(file);
    into.byPath.set(asset.path, file);
    into.urls.set(asset.path, fileUrl(file.key));
  }
  for (const lesson of draft.chapters.flatMap((chapter) => chapter.lessons))
    if (lesson.package) into.packages.set(lesson.source, await storePackage(lesson.package, into.packageFiles));
  for (const wish of wishes) {
    if (wish.video?.provider !== 'FILE') continue;
    await step();
    const film = await storeFilm(ctx, { draft, tree, ownerId }, wish, wish.video, into.files);
    if (film) into.films.set(wish.source, film);
  }
}

/** A refusal of one file is a line of the report; anything else ends the import. */
async function attempt<Result>(draft: CourseDraft, path: string, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
    draft.leftOut.push({ path, what: error.message });
    return undefined;
  }
}

async function storeImage(
  ctx: Context,
  { keptImages }: CourseDraft,
  asset: { path: string; name: string; diskPath: string; sizeBytes: number },
  ownerId: UserId,
): Promise<StoredFile> {
  const kept = keptImages?.get(asset.path);
  if (kept) return prepareKeptImage(ctx, { ...kept, name: asset.name, ownerId });
  if (asset.sizeBytes > largestImageBytes)
    throw new AppError('invalid', `The picture has more than ${largestImageBytes / 1024 / 1024} MB.`);
  return prepareImage(ctx, { bytes: await readFile(asset.diskPath), name: asset.name, ownerId });
}

function storeAttachment(ctx: Context, asset: AssetDraft, ownerId: UserId): Promise<StoredFile> {
  return prepareFile(ctx, {
    content: createReadStream(asset.diskPath),
    name: asset.name,
    ownerId,
    visibility: asset.visibility ?? 'PUBLIC',
    largestBytes: largestAttachmentBytes,
  });
}

type FilmDraft = Extract<NonNullable<LessonDraft['video']>, { provider: 'FILE' }>;

async function storeFilm(
  ctx: Context,
  { draft, tree, ownerId }: { draft: CourseDraft; tree: SourceTree; ownerId: UserId },
  wish: Pick<FilmWish, 'source' | 'durationSeconds'>,
  film: FilmDraft,
  files: StoredFile[],
): Promise<StoredFilm | undefined> {
  const store = async (path: string, accept: ('video/mp4' | 'video/webm' | 'text/vtt')[], largestBytes: number, text?: string) => {
    const source = tree.files.get(path)!;
    const own = draft.names?.get(path) ?? path.split('/').at(-1)!;
    const name = text === undefined ? own : `${own.replace(/(\.srt)?\.\w+$/i, '')}.vtt`;
    const content = () => (text === undefined ? createReadStream(source.diskPath) : Readable.from([Buffer.from(text)]));
    const file = await attempt(draft, path, () =>
      prepareFile(ctx, { content: content(), name, ownerId, visibility: 'PRIVATE', accept, largestBytes }),
    );
    if (file) files.push(file);
    return file;
  };
  const read = film.facts ?? (await filmFacts(tree.files.get(film.path)!.diskPath));
  const facts =
    read ??
    (wish.durationSeconds === undefined ? undefined : { durationSeconds: wish.durationSeconds, width: undefined, height: undefined });
  if (!facts) {
    draft.leftOut.push({
      path: wish.source,
      what: `the video ${film.path} does not say how long it is: give a “duration” beside it; what shows it comes in without it`,
    });
    return undefined;
  }
  const file = await store(film.path, ['video/mp4', 'video/webm'], largestFilmBytes);
  if (!file) return undefined;
  const poster =
    film.poster === undefined
      ? undefined
      : await attempt(draft, film.poster, async () => {
          const file = tree.files.get(film.poster!)!;
          return storeImage(ctx, draft, { ...file, name: draft.names?.get(file.path) ?? file.path }, ownerId);
        });
  if (poster) files.push(poster);
  const captions: StoredFilm['captions'] = [];
  for (const { path, language, label, text } of film.captions) {
    const track = await store(path, ['text/vtt'], largestCaptionBytes, text);
    if (track) captions.push({ path, file: track, language, label });
  }
  return { file, facts, poster, captions };
}
