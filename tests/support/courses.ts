import { newId, type UserId } from '#platform/ids.ts';
import { person, type TestDatabase } from './database.ts';

type Person = ReturnType<typeof person>;
/** Where rows are put: a test's own database, or a running school's. */
type Rows = Pick<TestDatabase, 'owner'>;

/** Puts a person into the database, ready to act. */
export async function aPerson(
  database: Rows,
  role: Person['role'] = 'STUDENT',
  details: { name?: string; timeZone?: string } = {},
): Promise<Person> {
  const actor = person(role, newId<'user'>(), details);
  await database.owner.query('insert into users (id, name, email, role, time_zone, email_verified) values ($1, $2, $3, $4, $5, true)', [
    actor.id,
    actor.name,
    actor.email,
    actor.role,
    actor.timeZone,
  ]);
  return actor;
}

/** A lesson to be made; unless it says otherwise it is a published, required text that those enrolled can see. */
export interface LessonWish {
  slug?: string;
  type?: string;
  /** Its film is at a far site. */
  far?: boolean;
  /** Length of the lesson, and of its film when it is a VIDEO. */
  seconds?: number;
  visibility?: 'PUBLIC' | 'PRIVATE' | 'PREVIEW';
  published?: boolean;
  isRequired?: boolean;
  html?: string;
}

export interface ChapterWish {
  lessons: LessonWish[];
  published?: boolean;
  visibility?: 'PUBLIC' | 'PRIVATE';
  isFree?: boolean;
  releaseAfterDays?: number;
  /** The HTML of its introduction. */
  introduction?: string;
  /** Its introduction has a film. */
  hasFilm?: boolean;
}

export interface CourseWish {
  slug?: string;
  title?: string;
  instructorId?: UserId;
  status?: 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';
  isFree?: boolean;
  publishedAt?: Date;
  level?: string;
  allowsManualCompletion?: boolean;
  chapters?: ChapterWish[];
}

export interface MadeCourse {
  id: string;
  slug: string;
  instructorId: UserId;
  chapterIds: string[];
  /** In the order of the course. */
  lessons: { id: string; slug: string }[];
}

/** Puts a course into the database, without asking any rule of the program. */
export async function aCourse(database: Rows, wish: CourseWish = {}): Promise<MadeCourse> {
  const id = newId();
  const slug = wish.slug ?? `course-${id.slice(-12)}`;
  const instructorId = wish.instructorId ?? (await aPerson(database, 'INSTRUCTOR')).id;
  const status = wish.status ?? 'PUBLISHED';
  const publishedAt = wish.publishedAt ?? new Date('2026-03-02T09:00:00Z');
  await database.owner.query(
    `insert into courses (id, title, slug, status, published_at, is_free, instructor_id, level, allows_manual_completion)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      wish.title ?? `The course ${slug}`,
      slug,
      status,
      status === 'DRAFT' ? null : publishedAt,
      wish.isFree ?? true,
      instructorId,
      wish.level ?? 'BEGINNER',
      wish.allowsManualCompletion ?? true,
    ],
  );
  const made: MadeCourse = { id, slug, instructorId, chapterIds: [], lessons: [] };
  for (const chapter of wish.chapters ?? [{ lessons: [{}, {}] }]) await addChapter(database, made, chapter);
  return made;
}

/** Adds a chapter at the end of a course. */
async function addChapter(database: Rows, course: MadeCourse, wish: ChapterWish): Promise<void> {
  const id = newId();
  await database.owner.query(
    `insert into chapters (id, course_id, title, position, published, visibility, is_free, release_after_days, content, content_html, video_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)`,
    [
      id,
      course.id,
      `Chapter ${course.chapterIds.length + 1}`,
      course.chapterIds.length + 1,
      wish.published ?? true,
      wish.visibility ?? 'PUBLIC',
      wish.isFree ?? false,
      wish.releaseAfterDays ?? null,
      wish.introduction ?? '',
      wish.hasFilm ? await aVideo(database, {}) : null,
    ],
  );
  course.chapterIds.push(id);
  for (const lesson of wish.lessons) await addLesson(database, course, lesson);
}

/** Lets somebody help to teach a course. */
export async function joinCourse(database: Rows, courseId: string, userId: string, role: 'CO_INSTRUCTOR' | 'ASSISTANT'): Promise<void> {
  const join = 'insert into course_instructors (course_id, user_id, role) values ($1, $2, $3::course_instructor_role)';
  await database.owner.query(join, [courseId, userId, role]);
}

/** Adds a lesson at the end of the last chapter. */
export async function addLesson(database: Rows, course: MadeCourse, wish: LessonWish = {}): Promise<{ id: string; slug: string }> {
  const id = newId();
  const slug = wish.slug ?? `lesson-${course.lessons.length + 1}`;
  const type = wish.type ?? 'TEXT';
  const videoId = type === 'VIDEO' ? await aVideo(database, wish) : null;
  await database.owner.query(
    `insert into lessons (id, course_id, chapter_id, title, slug, type, visibility, published, is_required, position, video_id, duration_seconds, content_html)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1 + (select count(*) from lessons where chapter_id = $3), $10, $11, $12)`,
    [
      id,
      course.id,
      course.chapterIds.at(-1),
      `Title of ${slug}`,
      slug,
      type,
      wish.visibility ?? 'PUBLIC',
      wish.published ?? true,
      wish.isRequired ?? true,
      videoId,
      wish.seconds ?? 0,
      wish.html ?? '<p>Text.</p>',
    ],
  );
  const lesson = { id, slug };
  course.lessons.push(lesson);
  return lesson;
}

async function aVideo(database: Rows, wish: LessonWish): Promise<string> {
  const id = newId();
  const seconds = wish.seconds ?? 100;
  if (wish.far) {
    await database.owner.query(
      `insert into videos (id, provider, external_id, duration_seconds, state) values ($1, 'YOUTUBE', $2, $3, 'READY')`,
      [id, id.slice(-11), seconds],
    );
    return id;
  }
  await database.owner.query(
    `insert into files (id, key, name, content_type, size_bytes, sha256, visibility, state)
     values ($1, $2, 'film.mp4', 'video/mp4', 1000, repeat('a', 64), 'PRIVATE', 'READY')`,
    [id, `${id.slice(-2)}/${id.replaceAll('-', '')}.mp4`],
  );
  await database.owner.query(`insert into videos (id, provider, file_id, duration_seconds, state) values ($1, 'FILE', $1, $2, 'READY')`, [
    id,
    seconds,
  ]);
  return id;
}
