import type { NewAssignment, NewQuiz } from '#features/assessment/index.server.ts';
import type { LessonType } from '#features/catalogue/index.server.ts';
import type { KeptImage } from '#features/media/index.server.ts';
import type { ReadPackage } from '#features/packages/index.server.ts';
import type { Item } from './report.ts';

/** A course as an import format understood it: neutral, complete, and not yet in the database. */
export interface CourseDraft {
  /** Names the source among an instructor's imports, so that importing it again updates instead of doubling. */
  importKey: string;
  /** The wanted end of its address, where the source says one. */
  slug?: string;
  title: string;
  /** False when nothing in the source says the title, and it was made of a name. */
  isTitleSaid: boolean;
  /** What the source says of the course; what it does not say stays as it is. */
  details: CourseDetails;
  /** The film that shows what the course is like. */
  trailer: FilmWish | undefined;
  /** What other features keep of a course, by name: given to a course that is new here. */
  beside?: Readonly<Record<string, unknown>>;
  chapters: ChapterDraft[];
  /** Files that texts and the course itself speak of, by their path in the source. */
  assets: ReadonlyMap<string, AssetDraft>;
  /** Pictures that were encoded here once, by their path: they are stored as they are. */
  keptImages?: ReadonlyMap<string, KeptImage>;
  /** What files were called before they were named by their hash, by their path. */
  names?: ReadonlyMap<string, string>;
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
  metaTitle?: string | null;
  metaDescription?: string | null;
  completionRequiresLessons?: boolean;
  completionRequiresQuizzes?: boolean;
  completionRequiresAssignments?: boolean;
  allowsManualCompletion?: boolean;
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
  /** Markdown of its introduction; undefined where the source says nothing of one, and what was written here stays. */
  content: string | undefined;
  /** The film of the introduction; null is none, undefined says nothing of it. */
  film?: FilmWish | null;
  lessons: LessonDraft[];
  /** Where the source says it; otherwise the chapter is open to whoever is enrolled. */
  settings?: {
    published: boolean;
    visibility: 'PUBLIC' | 'PRIVATE';
    isFree: boolean;
    releaseAfterDays: number | null;
    releaseAt: Date | null;
  };
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
  /** Said by a source that knows lessons as they are here; otherwise they follow from what the lesson holds. */
  settings?: LessonSettings;
  /** Anybody may see it. */
  isPreview: boolean;
  isPublished: boolean;
  isRequired: boolean;
  /** Said by the writer; otherwise the video's, or estimated from the text. */
  durationSeconds: number | undefined;
}

export interface LessonSettings {
  type: LessonType;
  visibility: 'PUBLIC' | 'PRIVATE' | 'PREVIEW';
  /** Path of its picture. */
  image: string | null;
  resources: { title: string; type: ResourceKind; path: string | null; url: string | null }[];
  liveSession: { startsAt: Date; durationMinutes: number; joinUrl: string } | null;
  assignments: NewAssignment[];
}

type ResourceKind = 'PDF' | 'DOCUMENT' | 'SPREADSHEET' | 'PRESENTATION' | 'CODE' | 'IMAGE' | 'AUDIO' | 'ARCHIVE' | 'LINK';

export type VideoDraft =
  | {
      provider: 'FILE';
      path: string;
      poster: string | undefined;
      /** `text` is WebVTT made of the file, where that is written otherwise. */
      captions: { language: string; path: string; label?: string; text?: string }[];
      /** Where the source knows them; otherwise they are read out of the film. */
      facts?: { durationSeconds: number; width: number | undefined; height: number | undefined };
    }
  | { provider: 'YOUTUBE' | 'VIMEO'; externalId: string; durationSeconds?: number };

export interface AssetDraft {
  path: string;
  name: string;
  sizeBytes: number;
  diskPath: string;
  kind: 'image' | 'attachment';
  /** Of an attachment; everybody with its address unless it says otherwise. */
  visibility?: 'PUBLIC' | 'PRIVATE';
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
