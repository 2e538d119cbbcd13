import { type NewQuiz, putQuizzes } from '#features/assessment/index.server.ts';
import { lessonAddress, updateChapter, updateLesson } from '#features/catalogue/index.server.ts';
import { recordPackage } from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { FileId, VideoId } from '#platform/ids.ts';
import { readingSeconds } from '#platform/markdown/reading.ts';
import { type CourseDraft, type LessonDraft, sourceReference } from './draft.ts';
import { type Follower, steps } from './follower.ts';
import { withDestinations } from './formats/markdown/destinations.ts';
import type { Match } from './match.ts';
import type { ImportedLine } from './report.ts';
import type { StoredMedia } from './store-media.ts';
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
    const changed = await updateChapter(ctx, { chapterId, content: withStoredFiles(chapter.content, media.urls, addresses) });
    written.isChanged ||= changed.length > 0;
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
      type: lesson.package ? 'PACKAGE' : video ? 'VIDEO' : lesson.quizzes?.length ? 'QUIZ' : 'TEXT',
      visibility: lesson.isPreview ? 'PREVIEW' : 'PUBLIC',
      published: lesson.isPublished,
      isRequired: lesson.isRequired,
      videoId: video?.id ?? null,
      durationSeconds,
      sourcePath: lesson.source,
    });
    const quizzes = lesson.quizzes && withStoredWords(lesson.quizzes, media.urls, addresses);
    const asked = quizzes && (await putQuizzes(ctx, { lessonId: id, quizzes }));
    const stored = media.packages.get(lesson.source);
    const isPackageNew = stored !== undefined && (await recordPackage(ctx, { lessonId: id, stored }));
    const isChanged = changed.length > 0 || video?.changed === true || asked?.changed === true || isPackageNew;
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

/** The words of quizzes, in which files and lessons are named as in texts. */
function withStoredWords(quizzes: readonly NewQuiz[], urls: ReadonlyMap<string, string>, lessonIds: ReadonlyMap<string, string>): NewQuiz[] {
  const stored = (markdown: string) => withStoredFiles(markdown, urls, lessonIds);
  return quizzes.map((quiz) => ({
    ...quiz,
    questions: quiz.questions.map((question) => ({
      ...question,
      text: stored(question.text),
      explanation: question.explanation ? stored(question.explanation) : null,
    })),
  }));
}

/** A text that names lessons by their ids and files by their addresses. What could not be stored keeps its name, which leads nowhere. */
export function withStoredFiles(markdown: string, urls: ReadonlyMap<string, string>, lessonIds: ReadonlyMap<string, string>): string {
  return withDestinations(markdown, ({ address }) => {
    const reference = sourceReference.parse(address);
    if (!reference) return undefined;
    if (reference.kind === 'file') return urls.get(reference.path) ?? encodeURI(reference.path).replace(/[()]/g, '_');
    const id = lessonIds.get(reference.path);
    return id === undefined ? encodeURI(reference.path).replace(/[()]/g, '_') : lessonAddress(id, reference.fragment);
  });
}
