import type { ArchiveDocument, ArchivedLesson, ArchivedVideo } from '../../../archive/archive-document.ts';

type FilmOfFile = Extract<ArchivedVideo, { provider: 'FILE' }>;

/** All lessons of an archive, whatever chapter they are in. */
export function lessonsOf({ chapters }: ArchiveDocument): ArchivedLesson[] {
  return chapters.flatMap((chapter) => chapter.lessons);
}

/** The films whose files an archive holds. */
export function filmsOf(document: ArchiveDocument): FilmOfFile[] {
  const videos = [...document.chapters, ...lessonsOf(document)].map((part) => part.video).concat(document.course.trailer);
  return videos.filter((video): video is FilmOfFile => video?.provider === 'FILE');
}
