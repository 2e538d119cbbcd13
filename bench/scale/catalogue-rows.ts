import { dice, idOf, rareWord, textOf, titleOf } from './made-up.ts';
import { chapterNumber, instructorsOf, isDraft, lessonNumber, lessonsOf, lessonsPerChapter, minutesAgo, type Size } from './sizes.ts';

/** Rows of one table as lines of COPY. */
export interface Rows {
  table: string;
  columns: readonly string[];
  count: number;
  lines(): Iterable<string>;
}

const levels = ['BEGINNER', 'INTERMEDIATE', 'ADVANCED', 'EXPERT'];
const languages = ['en', 'en', 'en', 'en', 'en', 'en', 'es', 'fr', 'de', 'hi'];
/** Twelve fields, each with four beneath it. */
const fields = 12;
const categories = fields * 5;

export const line = (...values: readonly (string | number | boolean)[]): string => `${values.join('\t')}\n`;

/** Numbers from one up to below another. */
export function* range(from: number, to: number): Generator<number> {
  for (let number = from; number < to; number += 1) yield number;
}

/** The so-manieth person of the school. */
export function personLine(number: number, role: 'STUDENT' | 'INSTRUCTOR'): string {
  const name = `${rareWord(number)} ${rareWord(number + 7)}`.replace(/\b\w/g, (letter) => letter.toUpperCase());
  return line(idOf('person', number), name, `person-${number}@scale.test`, `person-${number}`, role);
}
export const personColumns = ['id', 'name', 'email', 'username', 'role'];

/** Everything that is taught, and who teaches it. */
export function catalogueRows(size: Size): Rows[] {
  const { courses } = size;
  const lessons = () => eachLesson(size);
  return [
    rows('users', personColumns, instructorsOf(size), (number) => personLine(number, 'INSTRUCTOR')),
    rows('categories', ['id', 'name', 'slug', 'parent_id'], categories, categoryLine),
    rows('courses', courseColumns, courses, (course) => courseLine(course, size)),
    rowsOfSold('products', ['id', 'type', 'owner_id', 'course_id', 'name', 'slug'], size, (course) =>
      line(
        idOf('product', course),
        'COURSE',
        idOf('person', course % instructorsOf(size)),
        idOf('course', course),
        titleOf(course),
        `course-${course}`,
      ),
    ),
    rowsOfSold('prices', ['id', 'product_id', 'currency', 'amount'], size, (course) =>
      line(idOf('price', course), idOf('product', course), 'USD', 490 + 500 * Math.floor(dice(course, 18) ** 2 * 40)),
    ),
    rows('course_categories', ['course_id', 'category_id', 'is_main'], courses, (course) =>
      line(idOf('course', course), idOf('category', fields + Math.floor(dice(course, 21) ** 2 * (categories - fields))), true),
    ),
    rows('videos', ['id', 'provider', 'external_id', 'duration_seconds', 'state'], courses, (course) =>
      line(idOf('video', course), 'YOUTUBE', course.toString().padStart(11, '0'), 600, 'READY'),
    ),
    { table: 'chapters', columns: chapterColumns, count: chapterCount(size), lines: () => chapterLines(size) },
    { table: 'lessons', columns: lessonColumns, count: lessonCount(size), lines: lessons },
  ];
}

function rows(table: string, columns: readonly string[], count: number, lineOf: (number: number) => string): Rows {
  return {
    table,
    columns,
    count,
    *lines() {
      for (const number of range(0, count)) yield lineOf(number);
    },
  };
}

/** A row for each course that costs something. */
function rowsOfSold(table: string, columns: readonly string[], size: Size, lineOf: (course: number) => string): Rows {
  const sold = () => range(0, size.courses).filter((course) => !isFree(course));
  return { table, columns, count: sold().reduce((count) => count + 1, 0), lines: () => sold().map(lineOf) };
}

/** One course in five costs nothing. */
const isFree = (course: number): boolean => dice(course, 16) < 0.2;

function categoryLine(number: number): string {
  const parent = number < fields ? '\\N' : idOf('category', number % fields);
  return line(idOf('category', number), `Field ${rareWord(number)} ${number}`, `field-${number}`, parent);
}

const courseColumns =
  'id, title, slug, subtitle, description, description_html, level, language, tags, duration_minutes, status, published_at, featured, is_free, instructor_id, chapter_count, lesson_count, review_count, rating_average'.split(
    ', ',
  );

function courseLine(course: number, size: Size): string {
  const lessons = lessonsOf(course, size);
  const votes = Math.floor(dice(course, 11) ** 3 * 400);
  const text = textOf(course, 60);
  const [status, published] = isDraft(course) ? ['DRAFT', '\\N'] : ['PUBLISHED', minutesAgo(dice(course, 13) * 2_000_000)];
  return line(
    idOf('course', course),
    titleOf(course),
    `course-${course}`,
    textOf(course + 1, 8),
    text,
    `<p>${text}</p>`,
    levels[Math.floor(dice(course, 14) * levels.length)]!,
    languages[Math.floor(dice(course, 15) * languages.length)]!,
    `{${rareWord(course % 97)},${rareWord(course % 53)}}`,
    lessons * 10,
    status!,
    published!,
    course % 5000 === 0,
    isFree(course),
    idOf('person', course % instructorsOf(size)),
    Math.ceil(lessons / lessonsPerChapter),
    lessons,
    votes,
    votes > 0 ? (2.5 + dice(course, 17) * 2.5).toFixed(2) : 0,
  );
}

const chapterColumns = ['id', 'course_id', 'title', 'duration_seconds', 'position', 'published', 'visibility'];
const lessonColumns =
  'id, course_id, chapter_id, title, slug, content, content_html, type, visibility, published, position, video_id, duration_seconds'.split(
    ', ',
  );

const sum = (size: Size, of: (lessons: number) => number): number => {
  let total = 0;
  for (const course of range(0, size.courses)) total += of(lessonsOf(course, size));
  return total;
};
const lessonCount = (size: Size): number => sum(size, (lessons) => lessons);
const chapterCount = (size: Size): number => sum(size, (lessons) => Math.ceil(lessons / lessonsPerChapter));

function* chapterLines(size: Size): Generator<string> {
  for (const course of range(0, size.courses))
    for (let place = 0; place < lessonsOf(course, size); place += lessonsPerChapter) {
      const position = place / lessonsPerChapter + 1;
      const id = idOf('chapter', chapterNumber(course, place));
      yield line(id, idOf('course', course), `Part ${position}`, lessonsPerChapter * 600, position, true, 'PUBLIC');
    }
}

function* eachLesson(size: Size): Generator<string> {
  for (const course of range(0, size.courses))
    for (const place of range(0, lessonsOf(course, size))) {
      const number = lessonNumber(course, place);
      // Two lessons of three are films.
      const isFilm = place % 3 !== 2;
      const text = textOf(number, 20);
      yield line(
        idOf('lesson', number),
        idOf('course', course),
        idOf('chapter', chapterNumber(course, place)),
        `Lesson ${place + 1}: ${rareWord(number % 5000)}`,
        `lesson-${place + 1}`,
        text,
        `<p>${text}</p>`,
        isFilm ? 'VIDEO' : 'TEXT',
        place === 0 ? 'PREVIEW' : 'PUBLIC',
        true,
        (place % lessonsPerChapter) + 1,
        isFilm ? idOf('video', course) : '\\N',
        600,
      );
    }
}
