import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { dropOthers, type KeptRows, type KeptTable, keepRows, putBack } from '#platform/database/kept-rows.ts';
import type { CourseId, LessonId, VideoId } from '#platform/ids.ts';
import { recountCategories } from '../categories/recount-categories.ts';
import { afterOutlineChange } from '../outline/after-outline-change.ts';
import { holdEditableCourse } from '../write/editable-course.ts';

const tables = {
  courses: {
    name: 'courses',
    key: ['id'],
    // What people and the school did is not the content's, and stays as it is now.
    living: [
      'status',
      'published_at',
      'featured',
      'student_count',
      'review_count',
      'rating_average',
      'revenue',
      'currency',
      'instructor_id',
    ],
  },
  chapters: { name: 'chapters', key: ['id'] },
  lessons: { name: 'lessons', key: ['id'] },
  removals: { name: 'removals', key: ['id'] },
  resources: { name: 'resources', key: ['id'] },
  liveSessions: { name: 'live_sessions', key: ['id'] },
  categories: { name: 'course_categories', key: ['course_id', 'category_id'] },
  prerequisites: { name: 'course_prerequisites', key: ['course_id', 'prerequisite_id'] },
} as const satisfies Record<string, KeptTable>;

/** The rows of a course as they are at a moment. */
export interface KeptCourse {
  rows: Record<keyof typeof tables, KeptRows>;
  lessonIds: LessonId[];
  /** Whatever it shows that is to be watched. */
  videoIds: VideoId[];
}

/** Keeps what a course says and holds, so that it can be put back. */
export async function keepCourse(ctx: Context, { courseId }: { courseId: CourseId }): Promise<KeptCourse> {
  return inTransaction(ctx, async (ctx) => {
    await holdEditableCourse(ctx, courseId);
    const of = (name: keyof typeof tables) => keepRows(ctx, tables[name], name === 'courses' ? 'id' : 'course_id', [courseId]);
    const [courses, chapters, lessons] = [await of('courses'), await of('chapters'), await of('lessons')];
    const lessonIds = lessons.map((row) => row.id as LessonId);
    const rows = {
      courses: courses.map((row) => withoutLiving(row)),
      chapters,
      lessons,
      removals: await of('removals'),
      resources: await keepRows(ctx, tables.resources, 'lesson_id', lessonIds),
      liveSessions: await keepRows(ctx, tables.liveSessions, 'lesson_id', lessonIds),
      categories: await of('categories'),
      prerequisites: await of('prerequisites'),
    };
    const shown = [
      ...courses.map((row) => row.preview_video_id),
      ...[...chapters, ...lessons].map((row) => row.video_id),
      ...rows.liveSessions.map((row) => row.recording_video_id),
    ];
    return { rows, lessonIds, videoIds: [...new Set(shown.filter((id) => id !== null))].sort() as VideoId[] };
  });
}

/** The course's row without what lives on, and without what the database makes of it. */
function withoutLiving(row: Record<string, unknown>): Record<string, unknown> {
  const living: readonly string[] = [...tables.courses.living, 'search'];
  return Object.fromEntries(Object.entries(row).filter(([name]) => !living.includes(name)));
}

/** Puts a course's content back as it was kept: what came since goes, what went is there again. */
export async function restoreCourse(ctx: Context, { courseId, kept }: { courseId: CourseId; kept: KeptCourse }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdEditableCourse(ctx, courseId);
    const now = await keepRows(ctx, tables.lessons, 'course_id', [courseId]);
    const lessonIds = now.map((row) => row.id as string);
    const categoryIds = (rows: KeptRows) => rows.map((row) => row.category_id as string);
    const before = await keepRows(ctx, tables.categories, 'course_id', [courseId]);
    const { rows } = kept;
    for (const name of ['resources', 'liveSessions'] as const) await dropOthers(ctx, tables[name], 'lesson_id', lessonIds, rows[name]);
    for (const name of ['prerequisites', 'categories', 'removals', 'lessons'] as const)
      await dropOthers(ctx, tables[name], 'course_id', [courseId], rows[name]);
    for (const name of ['courses', 'chapters', 'lessons', 'removals', 'resources', 'liveSessions', 'categories', 'prerequisites'] as const)
      await putBack(ctx, tables[name], rows[name]);
    // Only now: a lesson that had been moved into a chapter which goes has left it, and with it what people wrote and did there.
    await dropOthers(ctx, tables.chapters, 'course_id', [courseId], rows.chapters);
    const touched = [...categoryIds(before), ...categoryIds(rows.categories)];
    if (touched.length > 0) await recountCategories(ctx, touched);
    await afterOutlineChange(ctx, course);
  });
}
