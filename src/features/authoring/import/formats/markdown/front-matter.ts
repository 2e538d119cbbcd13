import { z } from 'zod';
import type { Item } from '../../report.ts';
import type { TextFile } from './text-file.ts';

/** A line of words: control characters and lone halves of characters have no place in the database. */
const words = (longest: number) =>
  z
    .union([z.string(), z.number(), z.boolean(), z.date()], 'is not a text')
    .transform((value) => cleaned(value instanceof Date ? value.toISOString().slice(0, 10) : String(value)))
    .pipe(z.string().min(1, 'is empty').max(longest, `has more than ${longest} characters`));

/** All control characters but the tab, the ends of lines and of pages. */
const control = /[^\P{Cc}\t\n\v\f\r]/gu;

function cleaned(text: string): string {
  return text.toWellFormed().replace(control, '').trim();
}

const list = z.union([
  z.array(words(500), 'is not a list').max(100, 'has more than 100 entries'),
  words(2000).transform((line) =>
    line
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]);
const yes = z.boolean('is neither true nor false');
const order = z.number('is not a number');
const level = words(40)
  .transform((word) => word.toUpperCase())
  .pipe(z.enum(['BEGINNER', 'INTERMEDIATE', 'ADVANCED', 'EXPERT'], 'is none of beginner, intermediate, advanced, expert'));
const language = words(20).pipe(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is no language such as en or pt-BR'));

/** Seconds, or "12 min", "1 h 5 min", "1:02:03". */
const duration = z
  .union([z.number(), z.string()], 'is no length of time')
  .transform((value) => (typeof value === 'number' ? value : secondsOf(value)))
  .pipe(
    z
      .number('is no length of time such as 90, "12 min" or "1:02:03"')
      .min(1, 'is no length of time')
      .max(360_000, 'is longer than 100 hours'),
  )
  .transform(Math.round);

function secondsOf(text: string): number {
  const clock = /^(?:(\d+):)?(\d{1,3}):(\d{2})$/.exec(text.trim());
  if (clock) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const parts =
    /^(?:(\d+(?:\.\d+)?)\s*h(?:ours?)?)?\s*(?:(\d+(?:\.\d+)?)\s*m(?:in(?:utes?)?)?)?\s*(?:(\d+(?:\.\d+)?)\s*s(?:ec(?:onds?)?)?)?$/i.exec(
      text.trim(),
    );
  return parts ? Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0) : Number(text);
}

const captions = z.union([words(1000), z.record(language, words(1000), 'is no list of languages and files')]);
const faq = z
  .array(
    z.object({ question: words(300), answer: words(5000) }, 'has an entry without question and answer'),
    'is no list of questions and answers',
  )
  .max(20, 'has more than 20 questions');

/** What may stand in front of a lesson, under the names that other tools use too. */
const lessonFields = {
  title: words(200),
  slug: words(200),
  description: words(2000),
  order,
  video: words(2000),
  poster: words(1000),
  captions,
  duration,
  preview: yes,
  published: yes,
  draft: yes,
  required: yes,
};

/** The film is that of its introduction, which is the text behind the front matter. */
const chapterFields = { title: words(200), description: words(2000), order, video: words(2000), poster: words(1000), captions, duration };

const courseFields = {
  id: words(200),
  title: words(200),
  subtitle: words(500),
  description: words(20_000),
  level,
  language,
  tags: list,
  categories: list,
  objectives: list,
  requirements: list,
  prerequisites: list,
  features: list,
  faq,
  trailer: words(2000),
  trailer_captions: captions,
  trailer_duration: duration,
  featured: yes,
  free: yes,
  image: words(1000),
};

const otherNames: Record<string, string> = {
  position: 'order',
  weight: 'order',
  nav_order: 'order',
  sidebar_position: 'order',
  summary: 'description',
  tagline: 'subtitle',
  cover: 'image',
  category: 'categories',
  keywords: 'tags',
  lang: 'language',
};

type Fields = Record<string, z.ZodType>;
type Values<F extends Fields> = { [Name in keyof F]?: z.output<F[Name]> };

export type LessonFields = Values<typeof lessonFields>;
export type ChapterFields = Values<typeof chapterFields>;
export type CourseFields = Values<typeof courseFields>;

/** The known fields of a file's front matter. One with a value that does not fit is left out with a line; unknown ones belong to other tools. */
export function fieldsOf(kind: 'lesson', file: TextFile, leftOut: Item[]): LessonFields;
export function fieldsOf(kind: 'chapter', file: TextFile, leftOut: Item[]): ChapterFields;
export function fieldsOf(kind: 'course', file: TextFile, leftOut: Item[]): CourseFields;
export function fieldsOf(kind: 'lesson' | 'chapter' | 'course', file: TextFile, leftOut: Item[]): Record<string, unknown> {
  const fields: Fields = { lesson: lessonFields, chapter: chapterFields, course: courseFields }[kind];
  const values: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(file.frontMatter)) {
    const name = Object.hasOwn(fields, given) ? given : otherNames[given];
    const field = name === undefined ? undefined : fields[name];
    if (name === undefined || field === undefined || value === null || values[name] !== undefined) continue;
    const result = field.safeParse(value);
    if (result.success) values[name] = result.data;
    else leftOut.push({ path: file.path, what: `front matter: “${given}” ${result.error.issues[0]?.message ?? 'does not fit'}` });
  }
  return values;
}
