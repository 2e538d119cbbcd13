import type { ReadPackage } from '#features/packages/index.server.ts';
import type { ArchivedChapter, ArchivedLesson, ArchivedVideo } from '../../../archive/archive-document.ts';
import type { ChapterDraft, LessonDraft, VideoDraft } from '../../draft.ts';

/** A chapter as the archive has it. */
export function chapterOf(chapter: ArchivedChapter, packages: ReadonlyMap<ArchivedLesson, ReadPackage>): ChapterDraft {
  const { source, title, description, content, video, lessons, releaseAt, ...settings } = chapter;
  return {
    source,
    title,
    description: description ?? undefined,
    content,
    ...(video === undefined
      ? {}
      : { film: video && { source: `chapter ${source}`, video: videoOf(video), durationSeconds: video.durationSeconds } }),
    lessons: lessons.map((lesson) => lessonOf(lesson, packages.get(lesson))),
    settings: { ...settings, releaseAt: releaseAt === null ? null : new Date(releaseAt) },
  };
}

function lessonOf(lesson: ArchivedLesson, played: ReadPackage | undefined): LessonDraft {
  const { source, title, slug, description, content, isRequired, durationSeconds, published, quizzes } = lesson;
  const { type, visibility, image, resources, liveSession, assignments } = lesson;
  return {
    source,
    title,
    slug,
    description: description ?? undefined,
    content,
    video: lesson.video ? videoOf(lesson.video) : undefined,
    quizzes,
    package: played,
    isPreview: visibility === 'PREVIEW',
    isPublished: published,
    isRequired,
    durationSeconds,
    settings: {
      type,
      visibility,
      image,
      resources: resources.map(({ file, ...resource }) => ({ ...resource, path: file })),
      liveSession: liveSession && { ...liveSession, startsAt: new Date(liveSession.startsAt) },
      assignments,
    },
  };
}

/** A film as the archive has it. */
export function videoOf(video: ArchivedVideo): VideoDraft {
  if (video.provider !== 'FILE') return video;
  const { file, poster, captions, durationSeconds, width, height } = video;
  return {
    provider: 'FILE',
    path: file,
    poster: poster ?? undefined,
    captions: captions.map((track) => ({ language: track.language, label: track.label, path: track.file })),
    facts: { durationSeconds, width: width ?? undefined, height: height ?? undefined },
  };
}
