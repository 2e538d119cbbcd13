import type { LessonType } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayEditCourse } from '#features/catalogue/policy.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import { mayOpenStudio } from '../policy.ts';

/** A course as the frame of its studio pages shows it. */
export interface StudioCourse {
  id: CourseId;
  slug: string;
  title: string;
  status: 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';
  /** Assistants look, and change nothing of the content. */
  mayEdit: boolean;
  outline: StudioChapter[];
}

/** A chapter as every page of a course in the studio knows it. */
export interface StudioChapter {
  id: ChapterId;
  title: string;
  /** Students see it, as far as its lessons are shown. */
  published: boolean;
  hasIntroduction: boolean;
  lessons: StudioLesson[];
}

/** A lesson as every page of a course in the studio knows it. */
export interface StudioLesson {
  id: LessonId;
  slug: string;
  title: string;
  type: LessonType;
  published: boolean;
  visibility: 'PUBLIC' | 'PRIVATE' | 'PREVIEW';
}

type Row = Omit<StudioCourse, 'mayEdit'> & CourseTeam;

/** A column of a query over courses `c`: who teaches it beside its owner. */
export const othersColumn = `
  coalesce((select json_agg(json_build_object('userId', i.user_id, 'role', i.role)) from course_instructors i where i.course_id = c.id), '[]') as others`;

/** The SQL condition that a chapter or lesson was not removed. */
export const isThere = (column: 'chapter_id' | 'lesson_id', id: string) => `not exists (select from removals x where x.${column} = ${id})`;

const courseOfStudio = statement<Row, [slug: string]>(`
  select c.id, c.slug, c.title, c.status, c.instructor_id as "instructorId", ${othersColumn},
    coalesce((select json_agg(json_build_object('id', h.id, 'title', h.title, 'published', h.published and h.visibility = 'PUBLIC',
                'hasIntroduction', h.content <> '' or h.video_id is not null, 'lessons',
                coalesce((select json_agg(json_build_object('id', l.id, 'slug', l.slug, 'title', l.title, 'type', l.type, 'published', l.published,
                            'visibility', l.visibility) order by l.position)
                            from lessons l where l.chapter_id = h.id and ${isThere('lesson_id', 'l.id')}), '[]')) order by h.position)
                from chapters h where h.course_id = c.id and ${isThere('chapter_id', 'h.id')}), '[]') as outline
    from courses c where c.slug = $1`);

/** A course with its outline, for who may open it in the studio; to everybody else it is not there. One query. */
export async function studioCourse(ctx: Context, slug: string): Promise<StudioCourse> {
  const [row] = await ctx.db.sql(courseOfStudio, slug);
  if (!row || !mayOpenStudio(ctx.actor, row)) throw new AppError('not-found', 'There is no such course among yours.');
  const { instructorId, others, ...course } = row;
  return { ...course, mayEdit: mayEditCourse(ctx.actor, { instructorId, others }) };
}
