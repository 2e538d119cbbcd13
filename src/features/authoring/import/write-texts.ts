import { putQuizzes } from '#features/assessment/index.server.ts';
import { updateChapter, updateLesson } from '#features/catalogue/index.server.ts';
import { recordPackage } from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { ChapterId, FileId, LessonId, VideoId } from '#platform/ids.ts';
import { readingSeconds } from '#platform/markdown/reading.ts';
import type { ChapterDraft, CourseDraft, LessonDraft } from './draft.ts';
import { type Follower, steps } from './follower.ts';
import type { Match } from './match.ts';
import type { ImportedLine } from './report.ts';
import type { StoredMedia } from './store-media.ts';
import { withStoredFiles, withStoredWords } from './stored-words.ts';
import { writeExtras } from './write-extras.ts';
import type { WrittenOutline } from './write-outline.ts';
import { writeVideo } from './write-video.ts';

interface Texts {
  draft: CourseDraft;
  match: Match;
  media: StoredMedia;
  fileIds: ReadonlyMap<string, FileId>;
  outline: WrittenOutline;
  follower: Follower;
}

export interface WrittenTexts {
  lines: Map<LessonDraft, ImportedLine>;
  durationSeconds: number;
  isChanged: boolean;
}

/** Writes what chapters and lessons say and show, now that everything they name has its id. */
export async function writeTexts(ctx: Context, texts: Texts): Promise<WrittenTexts> {
  const { match, media, outline, fileIds } = texts;
  const addresses = new Map([...outline.lessons].map(([lesson, { id }]) => [lesson.source, id]));
  const written: WrittenTexts = { lines: new Map(), durationSeconds: 0, isChanged: false };
  for (const [chapter, chapterId] of outline.chapterIds) {
    const isChanged = await writeIntroduction(ctx, texts, chapter, chapterId, addresses);
    written.isChanged ||= isChanged;
  }
  const step = steps(texts.follower, 'Writing lessons', [70, 98], outline.lessons.size);
  for (const [lesson, { id, slug }] of outline.lessons) {
    await step();
    const videoId = (match.lessons.get(lesson)?.videoId ?? undefined) as VideoId | undefined;
    const video = await writeVideo(ctx, { ...lesson, videoId, media, fileIds });
    const content = withStoredFiles(lesson.content, media.urls, addresses);
    const durationSeconds = Math.round(lesson.durationSeconds ?? video?.durationSeconds ?? readingSeconds(content));
    const changed = await updateLesson(ctx, {
      lessonId: id,
      title: lesson.title,
      description: lesson.description ?? null,
      content,
      type: lesson.settings?.type ?? (lesson.package ? 'PACKAGE' : video ? 'VIDEO' : lesson.quizzes?.length ? 'QUIZ' : 'TEXT'),
      visibility: lesson.settings?.visibility ?? (lesson.isPreview ? 'PREVIEW' : 'PUBLIC'),
      published: lesson.isPublished,
      isRequired: lesson.isRequired,
      videoId: video?.id ?? null,
      durationSeconds,
      sourcePath: lesson.source,
    });
    const quizzes = lesson.quizzes && withStoredWords(lesson.quizzes, media.urls, addresses);
    const asked = quizzes && (await putQuizzes(ctx, { lessonId: id, quizzes }));
    const stored = media.packages.get(lesson.source);
    const played = stored && { changed: await recordPackage(ctx, { lessonId: id, stored }) };
    const hung = lesson.settings && (await writeExtras(ctx, { lessonId: id, settings: lesson.settings, media, fileIds, addresses }));
    const isChanged = changed.length > 0 || [video, asked, played, hung].some((part) => part?.changed === true);
    written.lines.set(lesson, {
      title: lesson.title,
      slug,
      source: lesson.source,
      outcome: !match.lessons.has(lesson) ? 'added' : isChanged ? 'changed' : 'unchanged',
    });
    written.durationSeconds += durationSeconds;
    written.isChanged ||= isChanged;
  }
  return written;
}

/** Writes what a chapter says and shows before its lessons, as far as the source says it. */
async function writeIntroduction(
  ctx: Context,
  { match, media, fileIds }: Texts,
  chapter: ChapterDraft,
  chapterId: ChapterId,
  addresses: ReadonlyMap<string, LessonId>,
): Promise<boolean> {
  const { content, film } = chapter;
  const videoId = (match.chapters.get(chapter)?.videoId ?? undefined) as VideoId | undefined;
  const video = film ? await writeVideo(ctx, { ...film, videoId, media, fileIds }) : undefined;
  const changed = await updateChapter(ctx, {
    chapterId,
    ...(content === undefined ? {} : { content: withStoredFiles(content, media.urls, addresses) }),
    ...(film === undefined ? {} : { videoId: video?.id ?? null }),
  });
  return changed.length > 0 || video?.changed === true;
}
