import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type EnrollmentId, isId } from '#platform/ids.ts';
import { endColumn, isStudentState, type StudentState, stateColumn } from './student-states.ts';
import { courseOfTeam, type TaughtCourse, taughtCourse } from './taught-course.ts';

/** Someone in the list of a course's students. */
export interface StudentLine {
  id: EnrollmentId;
  name: string;
  imageUrl: string | null;
  state: StudentState;
  progressPercent: number;
  enrolledAt: Date;
  /** Null for who has not come yet. */
  lastSeenAt: Date | null;
  completedAt: Date | null;
  accessUntil: Date | null;
}

/** A part of the list, who came last first. */
export interface StudentsPage {
  course: TaughtCourse;
  students: StudentLine[];
  filter: StudentFilter;
  isFirstPage: boolean;
  /** Where the next page begins. */
  next: string | null;
}

export interface StudentFilter {
  search: string;
  state: StudentState | null;
}

export type StudentWish = { search?: string | null; state?: string | null };

const pageSize = 25;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Students of a course by id, from a place in the list on. */
export const studentsAfter = statement<
  StudentLine,
  [slug: string, before: string, search: string, state: string | null, moment: string, limit: number]
>(`
  select e.id, u.name, u.image as "imageUrl", s.state, e.progress_percent as "progressPercent", e.enrolled_at as "enrolledAt",
         nullif(e.last_accessed_at, e.enrolled_at) as "lastSeenAt", e.completed_at as "completedAt", ${endColumn('$5')} as "accessUntil"
    from enrollments e join people u on u.id = e.user_id cross join lateral (select ${stateColumn('$5')} as state) s
   where e.course_id = (select id from courses where slug = $1) and e.id < $2::uuid
     and ($3 = '' or strpos(search_text(u.name), search_text($3)) > 0 or u.username = lower($3))
     and ($4::text is null or s.state = $4)
   order by e.id desc limit $6`);

/** What the list is narrowed to. */
export function studentFilter(wish: StudentWish): StudentFilter {
  return { search: (wish.search ?? '').trim().slice(0, 100), state: isStudentState(wish.state) ? wish.state : null };
}

/** The students of a course, for those who teach it or help in it. Two queries; nothing is counted. */
export async function studentsPage(ctx: Context, input: { slug: string; before?: string | null } & StudentWish): Promise<StudentsPage> {
  const filter = studentFilter(input);
  const before = input.before && isId(input.before) ? input.before : null;
  const [[course], rows] = await asActor(ctx, (sql) =>
    Promise.all([
      sql(courseOfTeam, input.slug),
      sql(studentsAfter, input.slug, before ?? lastId, filter.search, filter.state, ctx.now.toISOString(), pageSize + 1),
    ]),
  );
  const students = rows.slice(0, pageSize);
  return {
    course: taughtCourse(ctx, course),
    students,
    filter,
    isFirstPage: before === null,
    next: rows.length > pageSize ? (students.at(-1)?.id ?? null) : null,
  };
}
