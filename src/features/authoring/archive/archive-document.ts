import { z } from 'zod';
import { assignmentFields, quizFields } from '#features/assessment/index.server.ts';
import { lessonTypes, lessonVisibilities } from '#features/catalogue/index.server.ts';

/** The version of archives that this program writes; it reads this one and those before. */
export const archiveVersion = 2;

/** What is asked first of a file that may be an archive's heart: whether it is one, and of which version. */
export const archiveMark = z.object({ lyceum: z.literal('course'), version: z.int().positive() });

const path = z.string().regex(/^files\/[0-9a-f]{64}$/);
const seconds = z.int().min(0).max(360_000);
const pixels = z.int().positive().nullable();
const moment = z.iso.datetime();

const video = z.discriminatedUnion('provider', [
  z.object({
    provider: z.literal('FILE'),
    file: path,
    poster: path.nullable(),
    captions: z.array(z.object({ language: z.string(), label: z.string(), file: path })),
    durationSeconds: seconds,
    width: pixels,
    height: pixels,
  }),
  z.object({ provider: z.enum(['YOUTUBE', 'VIMEO']), externalId: z.string(), durationSeconds: seconds }),
]);

/** Files of a SCORM package by their place in it; what is played, its own manifest says. */
const packageFiles = z
  .array(
    z.object({
      path: z
        .string()
        .min(1)
        .max(2000)
        .regex(/^(?!\/)(?!(?:.*\/)?\.{1,2}(?:\/|$))[^\0]*$/s),
      file: path,
    }),
  )
  .min(1)
  .refine((files) => new Set(files.map((file) => file.path)).size === files.length);

const lesson = z.object({
  /** Names it within the archive: links lead there by `source-lesson:`. */
  source: z.string().min(1).max(500),
  slug: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  content: z.string(),
  type: z.enum(lessonTypes),
  visibility: z.enum(lessonVisibilities),
  published: z.boolean(),
  isRequired: z.boolean(),
  durationSeconds: seconds,
  image: path.nullable(),
  video: video.nullable(),
  package: packageFiles.nullable().default(null),
  resources: z.array(
    z.object({
      title: z.string(),
      type: z.enum(['PDF', 'DOCUMENT', 'SPREADSHEET', 'PRESENTATION', 'CODE', 'IMAGE', 'AUDIO', 'ARCHIVE', 'LINK']),
      file: path.nullable(),
      url: z.string().nullable(),
    }),
  ),
  liveSession: z.object({ startsAt: moment, durationMinutes: z.int().positive(), joinUrl: z.url() }).nullable(),
  quizzes: z.array(quizFields),
  assignments: z.array(assignmentFields),
});

const chapter = z.object({
  /** Empty where lessons lay at the root of what was imported. */
  source: z.string().max(500),
  title: z.string(),
  description: z.string().nullable(),
  /** Its introduction, as is the film; archives of an earlier day have no such film, and say nothing of it. */
  content: z.string(),
  video: video.nullable().optional(),
  published: z.boolean(),
  visibility: z.enum(['PUBLIC', 'PRIVATE']),
  isFree: z.boolean(),
  releaseAfterDays: z.int().nullable(),
  releaseAt: moment.nullable(),
  lessons: z.array(lesson),
});

/** `course.json` of an archive: everything of a course's content and nothing of its people. Files are named by their hash. */
export const archiveDocument = z.object({
  lyceum: z.literal('course'),
  version: z.int().min(1).max(archiveVersion),
  exportedAt: moment,
  course: z.object({
    source: z.string().min(1).max(500),
    slug: z.string(),
    title: z.string(),
    subtitle: z.string(),
    description: z.string(),
    level: z.enum(['BEGINNER', 'INTERMEDIATE', 'ADVANCED', 'EXPERT']),
    language: z.string(),
    tags: z.array(z.string()),
    requirements: z.array(z.string()),
    objectives: z.array(z.string()),
    features: z.array(z.string()),
    faq: z.array(z.object({ question: z.string(), answer: z.string() })),
    isFree: z.boolean(),
    metaTitle: z.string().nullable(),
    metaDescription: z.string().nullable(),
    completionRequiresLessons: z.boolean(),
    completionRequiresQuizzes: z.boolean(),
    completionRequiresAssignments: z.boolean(),
    allowsManualCompletion: z.boolean(),
    image: path.nullable(),
    trailer: video.nullable(),
    /** Slugs, the main one first. */
    categories: z.array(z.string()),
    prerequisites: z.array(z.string()),
  }),
  /** What other features keep of it, by name: its prices. Archives of version 1 have none. */
  beside: z.record(z.string().max(100), z.unknown()).default({}),
  chapters: z.array(chapter).max(1000),
  files: z.array(
    z.object({
      path,
      name: z.string().min(1).max(500),
      contentType: z.string(),
      sizeBytes: z.int().min(0),
      visibility: z.enum(['PUBLIC', 'PRIVATE']),
      /** Of pictures: its smaller sizes. */
      variants: z.array(
        z.object({ path: z.string().regex(/^files\/[0-9a-f]{64}-\d{1,2}$/), width: z.int().positive(), height: z.int().positive() }),
      ),
    }),
  ),
});

export type ArchiveDocument = z.output<typeof archiveDocument>;
export type ArchivedVideo = z.output<typeof video>;
export type ArchivedLesson = z.output<typeof lesson>;
export type ArchivedChapter = z.output<typeof chapter>;
