import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { formatDuration } from '#platform/time.ts';
import { endColumn, stateColumn } from './student-states.ts';
import type { StudentLine } from './students-page.ts';
import { courseOfTeam, type TaughtCourse, taughtCourse } from './taught-course.ts';

/** One student of a course: how far they are, lesson by lesson, and by what right they are in it. */
export interface StudentPage {
  course: TaughtCourse;
  student: StudentLine & { username: string | null; watched: string | null };
  chapters: { title: string; lessons: StudentLesson[] }[];
  grants: GrantLine[];
}

export interface StudentLesson {
  title: string;
  isRequired: boolean;
  state: 'completed' | 'begun' | 'not-begun';
  watchedPercent: number;
}

/** One reason why somebody may be in a course. */
export interface GrantLine {
  id: string;
  source: 'FREE' | 'PURCHASE' | 'MEMBERSHIP' | 'GIFT' | 'MANUAL';
  startsAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  reason: string | null;
  isLive: boolean;
}

interface Row extends StudentLine {
  username: string | null;
  watchSeconds: number;
  grants: GrantLine[];
}

const oneStudent = statement<Row, [slug: string, enrollmentId: string, moment: string]>(`
  select e.id, u.name, u.username, u.image as "imageUrl", ${stateColumn('$3')} as state, e.progress_percent as "progressPercent", e.enrolled_at as "enrolledAt",
         nullif(e.last_accessed_at, e.enrolled_at) as "lastSeenAt", e.completed_at as "completedAt", ${endColumn('$3')} as "accessUntil",
         e.watch_seconds as "watchSeconds",
         coalesce((select json_agg(json_build_object('id', g.id, 'source', g.source, 'startsAt', g.starts_at, 'expiresAt', g.expires_at, 'revokedAt', g.revoked_at,
                     'reason', g.reason, 'isLive', g.revoked_at is null and g.starts_at <= $3::timestamptz and (g.expires_at is null or g.expires_at > $3::timestamptz))
                     order by g.created_at desc, g.id desc)
                     from access_grants g where g.user_id = e.user_id and g.course_id = e.course_id), '[]') as grants
    from enrollments e join people u on u.id = e.user_id
   where e.id = $2::uuid and e.course_id = (select id from courses where slug = $1)`);

interface LessonRow {
  title: string;
  chapterId: string;
  chapterTitle: string;
  isRequired: boolean;
  completed: boolean | null;
  watchedPercent: number | null;
}

const lessonsOfStudent = statement<LessonRow, [slug: string, enrollmentId: string]>(`
  select l.title, l.chapter_id as "chapterId", h.title as "chapterTitle", l.counts as "isRequired", p.completed, p.watched_percent as "watchedPercent"
    from learner_lessons l join chapters h on h.id = l.chapter_id
    left join lesson_progress p on p.lesson_id = l.id and p.enrollment_id = $2::uuid
   where l.course_id = (select id from courses where slug = $1)
   order by l.chapter_position, l.position`);

/** A student of a course, for those who teach it or help in it. Three queries. */
export async function studentPage(ctx: Context, input: { slug: string; id: string }): Promise<StudentPage> {
  if (!isId(input.id)) throw absent();
  const [[course], [student], lessons] = await asActor(ctx, (sql) =>
    Promise.all([
      sql(courseOfTeam, input.slug),
      sql(oneStudent, input.slug, input.id, ctx.now.toISOString()),
      sql(lessonsOfStudent, input.slug, input.id),
    ]),
  );
  const taught = taughtCourse(ctx, course);
  if (!student) throw absent();
  const { grants, watchSeconds, ...line } = student;
  return { course: taught, student: { ...line, watched: watchSeconds >= 60 ? formatDuration(watchSeconds) : null }, chapters: inChapters(lessons), grants };
}

function inChapters(rows: readonly LessonRow[]): StudentPage['chapters'] {
  const chapters = new Map<string, StudentPage['chapters'][number]>();
  for (const { title, chapterId, chapterTitle, isRequired, completed, watchedPercent } of rows) {
    const chapter = chapters.get(chapterId) ?? { title: chapterTitle, lessons: [] };
    chapters.set(chapterId, chapter);
    const state = completed ? 'completed' : completed === null ? 'not-begun' : 'begun';
    chapter.lessons.push({ title, isRequired, state, watchedPercent: watchedPercent ?? 0 });
  }
  return [...chapters.values()];
}

function absent(): AppError {
  return new AppError('not-found', 'There is no such student in this course.');
}
