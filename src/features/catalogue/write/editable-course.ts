import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import { type CourseTeam, mayEditCourse } from '../policy.ts';

/** A course that the actor may change, held until the transaction ends: positions, slugs and counts within it are nobody else's meanwhile. */
export interface EditableCourse {
  id: CourseId;
  slug: string;
  /** Nobody learns in a draft. */
  isDraft: boolean;
}

interface Row extends EditableCourse {
  instructorId: string;
  others: CourseTeam['others'];
}

const courseAt = statement<{ id: CourseId }, [string]>('select id from courses where slug = $1');

// Not `for update`: whoever enrolls meanwhile, or asks for this course before theirs, only needs it to stay there.
const holdCourse = statement<Row, [string]>(`
  select c.id, c.slug, c.status = 'DRAFT' as "isDraft", c.instructor_id as "instructorId",
    coalesce((select json_agg(json_build_object('userId', i.user_id, 'role', i.role)) from course_instructors i where i.course_id = c.id), '[]') as others
  from courses c where c.id = $1 for no key update of c`);

/** Holds the course, or refuses: a course that one may not change looks like one that is not there. */
export async function holdEditableCourse(ctx: Context, courseId: CourseId): Promise<EditableCourse> {
  const [course] = await ctx.db.sql(holdCourse, courseId);
  if (!course || !mayEditCourse(ctx.actor, course)) throw new AppError('not-found', 'There is no such course among yours.');
  return { id: course.id, slug: course.slug, isDraft: course.isDraft };
}

/** The same, by its address. */
export async function holdCourseAt(ctx: Context, slug: string): Promise<EditableCourse> {
  const [course] = await ctx.db.sql(courseAt, slug);
  if (!course) throw new AppError('not-found', 'There is no such course among yours.');
  return holdEditableCourse(ctx, course.id);
}

const courseOfChapter = statement<{ id: CourseId }, [string]>('select course_id as id from chapters where id = $1');
const courseOfLesson = statement<{ id: CourseId }, [string]>('select course_id as id from lessons where id = $1');

/** The same, by one of its chapters. */
export async function holdCourseOfChapter(ctx: Context, chapterId: ChapterId): Promise<EditableCourse> {
  const [course] = await ctx.db.sql(courseOfChapter, chapterId);
  if (!course) throw new AppError('not-found', 'There is no such chapter among yours.');
  return holdEditableCourse(ctx, course.id);
}

/** The same, by one of its lessons. */
export async function holdCourseOfLesson(ctx: Context, lessonId: LessonId): Promise<EditableCourse> {
  const [course] = await ctx.db.sql(courseOfLesson, lessonId);
  if (!course) throw new AppError('not-found', 'There is no such lesson among yours.');
  return holdEditableCourse(ctx, course.id);
}
