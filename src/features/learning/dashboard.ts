import { type CoverPicture, type CoverRow, coverColumn, coverPicture } from '#features/catalogue/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type LocalDate, localDate } from '#platform/time.ts';
import { liveGrant } from './lesson-facts.ts';
import { lessonToContinue } from './progress.ts';
import { type LearningWeek, learningWeek, type WeekRow, weeksShown } from './week.ts';

/** What a learner sees first: what to go on with, their courses, their week. */
export interface Dashboard {
  /** The learner's own day. */
  today: LocalDate;
  continueWith: ContinueCard | null;
  /** Begun and not finished, without the one to continue; the latest first. */
  inProgress: EnrollmentCard[];
  completed: EnrollmentCard[];
  /** There are more courses than are shown. */
  hasMore: boolean;
  week: LearningWeek;
}

export interface EnrollmentCard {
  slug: string;
  title: string;
  category: string | null;
  instructor: string;
  cover: CoverPicture | null;
  progressPercent: number;
  /** On the learner's own calendar; null while it is not finished. */
  completedOn: LocalDate | null;
}

export interface ContinueCard extends EnrollmentCard {
  lesson: { slug: string; title: string; chapterTitle: string } | null;
  /** Nothing was done in it yet. */
  isNew: boolean;
}

interface EnrollmentRow extends Omit<EnrollmentCard, 'cover' | 'completedOn'> {
  id: string;
  completedAt: Date | null;
  cover: CoverRow | null;
  lastLessonId: string | null;
}

const mostShown = 24;

/** The order of enrollments on the dashboard: unfinished ones first, the one worked at last before the others. */
const enrollmentOrder = `(e.status = 'COMPLETED'), e.last_accessed_at desc, e.id desc`;
const openEnrollments = (moment: string) =>
  `enrollments e join courses c on c.id = e.course_id and c.status <> 'DRAFT' where e.user_id = $1::uuid and e.status in ('ACTIVE', 'COMPLETED') and ${liveGrant('$1', moment)}`;

const enrollmentsOf = statement<EnrollmentRow, [person: string, moment: string]>(
  `select e.id, c.slug, c.title, u.name as instructor, e.progress_percent as "progressPercent", e.completed_at as "completedAt",
          e.last_lesson_id as "lastLessonId", ${coverColumn} as cover,
          (select g.name from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id order by k.is_main desc, g.name limit 1) as category
     from (select e.*, c.id as course from ${openEnrollments('$2')} order by ${enrollmentOrder} limit ${mostShown + 1}) e
     join courses c on c.id = e.course join people u on u.id = c.instructor_id
    order by ${enrollmentOrder}`,
);

interface LessonRow {
  id: string;
  slug: string;
  title: string;
  chapterTitle: string;
  isCompleted: boolean;
}

/** The lessons of the enrollment that comes first. */
const lessonsToContinue = statement<LessonRow, [person: string, moment: string]>(
  `select l.id, l.slug, l.title, h.title as "chapterTitle", coalesce(p.completed, false) as "isCompleted"
     from (select e.id, e.course_id from ${openEnrollments('$2')} order by ${enrollmentOrder} limit 1) e
     join learner_lessons l on l.course_id = e.course_id
     join chapters h on h.id = l.chapter_id
     left join lesson_progress p on p.enrollment_id = e.id and p.lesson_id = l.id
    order by l.chapter_position, l.position`,
);

// A row a day that somebody learned, so a year has 366 at most: all of them say how long the longest streak was.
const weekOf = statement<WeekRow, [person: string, today: string]>(
  `select (select weekly_goal_minutes from student_profiles where user_id = $1::uuid) as "goalMinutes",
          coalesce(json_agg(d.local_date order by d.local_date), '[]') as dates,
          coalesce(json_agg(json_build_object('date', d.local_date, 'seconds', d.seconds, 'lessonsCompleted', d.lessons_completed))
            filter (where d.local_date >= date_trunc('week', $2::date)::date - ${7 * (weeksShown - 1)} and d.local_date <= $2::date), '[]') as days
     from learning_days d where d.user_id = $1::uuid`,
);

/** The dashboard of the acting person. */
export async function dashboard(ctx: Context): Promise<Dashboard> {
  const person = requirePerson(ctx);
  const today = localDate(ctx.now, person.timeZone);
  const moment = ctx.now.toISOString();
  const [enrollments, lessons, [week]] = await asActor(ctx, (sql) =>
    Promise.all([sql(enrollmentsOf, person.id, moment), sql(lessonsToContinue, person.id, moment), sql(weekOf, person.id, today)]),
  );
  const shown = enrollments.slice(0, mostShown);
  const [first] = shown;
  const unfinished = shown.filter((enrollment) => enrollment.completedAt === null);
  const card = (row: EnrollmentRow) => enrollmentCard(row, person.timeZone);
  return {
    today,
    continueWith: first && first.completedAt === null ? { ...card(first), ...continuing(first, lessons) } : null,
    inProgress: unfinished.slice(1).map(card),
    completed: shown.filter((enrollment) => enrollment.completedAt !== null).map(card),
    hasMore: enrollments.length > mostShown,
    week: learningWeek(week ?? { goalMinutes: null, days: [], dates: [] }, today),
  };
}

function continuing(row: EnrollmentRow, lessons: readonly LessonRow[]): Pick<ContinueCard, 'lesson' | 'isNew'> {
  const lesson = lessonToContinue(lessons, row.lastLessonId);
  return {
    lesson: lesson ? { slug: lesson.slug, title: lesson.title, chapterTitle: lesson.chapterTitle } : null,
    isNew: row.lastLessonId === null,
  };
}

function enrollmentCard(row: EnrollmentRow, timeZone: string): EnrollmentCard {
  const { slug, title, category, instructor, progressPercent, completedAt } = row;
  const completedOn = completedAt && localDate(completedAt, timeZone);
  return { slug, title, category, instructor, progressPercent, completedOn, cover: coverPicture(row.cover) };
}
