import { type CoverPicture, type CoverRow, coverColumn, coverPicture } from '#features/catalogue/index.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type LocalDate, localDate } from '#platform/time.ts';
import { openEnrollments } from '../classroom/lesson-facts.ts';

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

/** What the database knows of a course that somebody is enrolled in. */
export interface EnrollmentRow extends Omit<EnrollmentCard, 'cover' | 'completedOn'> {
  id: string;
  tags: string[];
  completedAt: Date | null;
  cover: CoverRow | null;
  isNew: boolean;
  /** Of the first enrollment, while it is not finished. */
  lesson: ContinueCard['lesson'];
}

export const mostCourses = 24;

/** Unfinished ones first, the one worked at last before the others. */
const order = `(e.status = 'COMPLETED'), e.last_accessed_at desc, e.id desc`;

/** The lesson to go on with, by the rule of `lessonToContinue`: the last one or the first undone one after it, then the first undone one at all. */
const lessonToContinue = `
  (select json_build_object('slug', l.slug, 'title', l.title, 'chapterTitle', h.title)
     from learner_lessons l join chapters h on h.id = l.chapter_id
     left join learner_lessons last on last.id = e.last_lesson_id
    where l.course_id = e.course_id
      and not exists (select from lesson_progress p where p.enrollment_id = e.id and p.lesson_id = l.id and p.completed)
    order by coalesce((l.chapter_position, l.position) < (last.chapter_position, last.position), false), l.chapter_position, l.position limit 1)`;

/** The courses that a person has open, one more than are shown. */
export const enrollmentsOf = statement<EnrollmentRow, [person: string, moment: string]>(
  `select e.id, c.slug, c.title, c.tags, u.name as instructor, e.progress_percent as "progressPercent", e.completed_at as "completedAt",
          e.last_lesson_id is null as "isNew", ${coverColumn} as cover,
          (select g.name from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id order by k.is_main desc, g.name limit 1) as category,
          case when e.place = 1 and e.completed_at is null then ${lessonToContinue} end as lesson
     from (select e.*, row_number() over (order by ${order}) as place from ${openEnrollments('$1', '$2')} order by ${order} limit ${mostCourses + 1}) e
     join courses c on c.id = e.course_id join people u on u.id = c.instructor_id
    order by e.place`,
);

/** The card of a row. */
export function enrollmentCard(row: EnrollmentRow, timeZone: string): EnrollmentCard {
  const { slug, title, category, instructor, progressPercent, completedAt } = row;
  const completedOn = completedAt && localDate(completedAt, timeZone);
  return { slug, title, category, instructor, progressPercent, completedOn, cover: coverPicture(row.cover) };
}
