import type { NewQuiz } from '#features/assessment/index.server.ts';
import type { ReadPackage } from '#features/packages/index.server.ts';
import type { Item } from './report.ts';

/** A course as an import format understood it: neutral, complete, and not yet in the database. */
export interface CourseDraft {
  /** Names the source among an instructor's imports, so that importing it again updates instead of doubling. */
  importKey: string;
  title: string;
  /** False when nothing in the source says the title, and it was made of a name. */
  isTitleSaid: boolean;
  /** What the source says of the course; what it does not say stays as it is. */
  details: CourseDetails;
  /** The film that shows what the course is like. */
  trailer: FilmWish | undefined;
  chapters: ChapterDraft[];
  /** Files that texts and the course itself speak of, by their path in the source. */
  assets: ReadonlyMap<string, AssetDraft>;
  /** What of the source is in the draft, and as what; the files of `assets` and films are said once they are stored. */
  cameIn: Item[];
  /** What has no form here yet, and is kept whole in a lesson that learners do not see. */
  kept: Item[];
  changed: Item[];
  leftOut: Item[];
}

interface CourseDetails {
  subtitle?: string;
  /** Markdown. */
  description?: string;
  level?: 'BEGINNER' | 'INTERMEDIATE' | 'ADVANCED' | 'EXPERT';
  language?: string;
  tags?: string[];
  /** Names of categories. */
  categories?: string[];
  objectives?: string[];
  requirements?: string[];
  /** Slugs of courses to be finished first. */
  prerequisites?: string[];
  features?: string[];
  /** The answers are Markdown. */
  faq?: { question: string; answer: string }[];
  featured?: boolean;
  isFree?: boolean;
  /** Path of the cover. */
  image?: string;
}

/** A film and where it is wanted. */
export interface FilmWish {
  /** The path of the text that names it. */
  source: string;
  video: VideoDraft;
  /** Said by the writer. */
  durationSeconds: number | undefined;
}

export interface ChapterDraft {
  /** Where the chapter lies in the source. */
  source: string;
  title: string;
  description: string | undefined;
  /** Markdown of its introduction. */
  content: string;
  lessons: LessonDraft[];
}

export interface LessonDraft {
  source: string;
  title: string;
  /** The wanted end of its address; made from the title when it is undefined. */
  slug: string | undefined;
  description: string | undefined;
  /** Markdown. Other lessons are named `source-lesson:<path>`, files `source-file:<path>`, both with an encoded path. */
  content: string;
  video: VideoDraft | undefined;
  /** What it asks. A lesson with questions and nothing to read or watch is a quiz. */
  quizzes?: NewQuiz[];
  /** What another tool made, to be played as it is. */
  package?: ReadPackage;
  /** Anybody may see it. */
  isPreview: boolean;
  isPublished: boolean;
  isRequired: boolean;
  /** Said by the writer; otherwise the video's, or estimated from the text. */
  durationSeconds: number | undefined;
}

export type VideoDraft =
  | { provider: 'FILE'; path: string; poster: string | undefined; captions: { language: string; path: string }[] }
  | { provider: 'YOUTUBE' | 'VIMEO'; externalId: string };

export interface AssetDraft {
  path: string;
  name: string;
  sizeBytes: number;
  diskPath: string;
  kind: 'image' | 'attachment';
}

/** How a text names something else of the source before it has an id. */
export const sourceReference = {
  toLesson: (path: string, fragment: string) => `source-lesson:${encodeURIComponent(path)}${fragment}`,
  toFile: (path: string) => `source-file:${encodeURIComponent(path)}`,
  /** What a destination names, or undefined when it is an ordinary address. */
  parse(address: string): { kind: 'lesson' | 'file'; path: string; fragment: string } | undefined {
    const [, kind, path, fragment] = /^source-(lesson|file):([^#]*)(#.*)?$/.exec(address) ?? [];
    return kind === undefined || path === undefined
      ? undefined
      : { kind: kind as 'lesson' | 'file', path: decodeURIComponent(path), fragment: fragment ?? '' };
  },
};
