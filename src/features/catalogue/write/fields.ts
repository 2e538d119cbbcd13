import { z } from 'zod';

export const titleField = z.string().trim().min(1, 'Give it a title.').max(200, 'A title has 200 characters at the most.');
const line = z.string().trim().max(500, 'At most 500 characters.');
const lines = z.array(line.min(1)).max(100, 'At most 100 entries.');
const text = z.string().max(2_000_000, 'The text is too long.');
const description = z.string().max(2000, 'At most 2000 characters.');
const id = z.uuid();

/** What people ask before they enroll, and what is true. Answers are Markdown. */
const faq = z
  .array(
    z.object({
      question: z.string().trim().min(1, 'A question has words.').max(300, 'A question has 300 characters at the most.'),
      answer: z.string().trim().min(1, 'A question has an answer.').max(5000, 'An answer has 5,000 characters at the most.'),
    }),
  )
  .max(20, 'At most 20 questions.');

/** What a course says of itself. */
export const courseFields = z.object({
  title: titleField,
  subtitle: line,
  description: z.string().max(100_000, 'At most 100,000 characters.'),
  level: z.enum(['BEGINNER', 'INTERMEDIATE', 'ADVANCED', 'EXPERT']),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'This is no language such as en or pt-BR.'),
  tags: lines,
  requirements: lines,
  objectives: lines,
  features: lines,
  faq,
  isFree: z.boolean(),
  featured: z.boolean(),
  imageFileId: id.nullable(),
  /** The trailer: once the course is published, everybody may watch it. */
  previewVideoId: id.nullable(),
  metaTitle: z.string().trim().max(60, 'A search engine shows 60 characters of a title.').nullable(),
  metaDescription: z.string().trim().max(160, 'A search engine shows 160 characters of a description.').nullable(),
  completionRequiresLessons: z.boolean(),
  completionRequiresQuizzes: z.boolean(),
  completionRequiresAssignments: z.boolean(),
  /** Whether a learner may mark a film as complete. */
  allowsManualCompletion: z.boolean(),
});

export const chapterFields = z.object({
  title: titleField,
  description: description.nullable(),
  /** Its introduction, as is the film. */
  content: text,
  videoId: id.nullable(),
  published: z.boolean(),
  visibility: z.enum(['PUBLIC', 'PRIVATE']),
  /** Everybody may see its lessons. */
  isFree: z.boolean(),
  /** Its lessons open so many days after the enrollment, or at a moment. */
  releaseAfterDays: z.int().min(1, 'From 1 day on.').max(3650, 'At most 3650 days.').nullable(),
  releaseAt: z.date().nullable(),
  sourcePath: z.string().nullable(),
});

/** What a lesson can be. */
export const lessonTypes = ['VIDEO', 'TEXT', 'QUIZ', 'ASSIGNMENT', 'LIVE_SESSION', 'PACKAGE'] as const;
export type LessonType = (typeof lessonTypes)[number];

/** What can be seen of a lesson: by who is enrolled, by nobody, by everybody. */
export const lessonVisibilities = ['PUBLIC', 'PRIVATE', 'PREVIEW'] as const;

export const lessonFields = z.object({
  title: titleField,
  description: description.nullable(),
  content: text,
  type: z.enum(lessonTypes),
  visibility: z.enum(lessonVisibilities),
  published: z.boolean(),
  isRequired: z.boolean(),
  videoId: id.nullable(),
  durationSeconds: z.int().min(0),
  sourcePath: z.string().nullable(),
});

export type CourseFields = z.input<typeof courseFields>;
export type ChapterFields = z.input<typeof chapterFields>;
export type LessonFields = z.input<typeof lessonFields>;
