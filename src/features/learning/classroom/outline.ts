import { lessonTypeLabel } from '#features/catalogue/index.server.ts';
import { statement } from '#platform/database/statement.ts';
import { formatDuration } from '#platform/time.ts';
import { percentOf } from '../progress/progress.ts';
import { introductionLockOf, lockOf, opensInWords } from './outline-locks.ts';
import { type Neighbor, neighborsOf } from './outline-neighbors.ts';

/** A lesson that learners see, with how far one of them is. */
export interface OutlineRow {
  id: string;
  slug: string;
  title: string;
  type: string;
  durationSeconds: number;
  isPreview: boolean;
  counts: boolean;
  chapterId: string;
  chapterTitle: string;
  opensAt: Date | null;
  /** Opens so many days after enrolling, of which the person has no day yet. */
  waitsDays: number | null;
  /** As the chapter says it, whenever anybody enrolled. */
  releaseAt: Date | null;
  releaseAfterDays: number | null;
  isCompleted: boolean;
  /** Its chapter has words or a film of its own, and everybody may see them. */
  hasIntroduction: boolean;
  isFreeChapter: boolean;
  /** The person had finished the course without it, and has not opened it yet. */
  isNew: boolean;
}

/** The lessons of a course in order, with the progress of a person (null: of nobody), which is read once and not for each lesson. */
export const outlineStatement = statement<OutlineRow, [courseSlug: string, person: string | null]>(
  `with own as materialized (
       select e.id, e.enrolled_at, e.completed_at from enrollments e
        where e.user_id = $2::uuid and e.course_id = (select id from courses where slug = $1)),
     progress as materialized (select p.lesson_id, p.completed from lesson_progress p where p.enrollment_id = (select id from own))
   select l.id, l.slug, l.title, l.type, l.duration_seconds as "durationSeconds", l.is_preview as "isPreview", l.counts,
          l.chapter_id as "chapterId", h.title as "chapterTitle", h.content_html <> '' or h.video_id is not null as "hasIntroduction", h.is_free as "isFreeChapter",
          coalesce(l.release_at, e.enrolled_at + make_interval(days => l.release_after_days)) as "opensAt",
          case when e.id is null then l.release_after_days end as "waitsDays", l.release_at as "releaseAt", l.release_after_days as "releaseAfterDays",
          l.id in (select lesson_id from progress where completed) as "isCompleted",
          l.counts and e.completed_at is not null and l.id not in (select lesson_id from progress) as "isNew"
     from learner_lessons l
     join chapters h on h.id = l.chapter_id and h.course_id = l.course_id
     left join own e on true
    where l.course_id = (select id from courses where slug = $1)
    order by l.chapter_position, l.position`,
);

export interface Outline {
  rows: readonly OutlineRow[];
  /** The lesson that is shown, or the chapter whose introduction is. */
  currentId: string | null;
  /** Enrolled, or staff: the lessons open as their chapters do. */
  isOpenToViewer: boolean;
  /** Staff wait for no chapter. */
  isStaff: boolean;
  now: Date;
  timeZone: string;
}

/** The outline as the classroom shows it. */
export interface OutlinePage {
  chapters: OutlineChapterPage[];
  /** Of the lessons that count. */
  completedCount: number;
  countedCount: number;
  percent: number;
  previous: Neighbor | null;
  next: Neighbor | null;
}

export interface OutlineChapterPage {
  id: string;
  title: string;
  completedCount: number;
  countedCount: number;
  isCurrent: boolean;
  /** When its lessons open, in words: a moment on the viewer's clock, or days after enrolling; null when they are. */
  opens: string | null;
  /** Null for a chapter that begins with its first lesson. */
  introduction: Pick<OutlineLesson, 'isCurrent' | 'lock'> | null;
  lessons: OutlineLesson[];
}

export interface OutlineLesson {
  slug: string;
  title: string;
  /** What it is and how long: "Video, 4 min". */
  words: string;
  isCompleted: boolean;
  isCurrent: boolean;
  /** Why the viewer cannot open it, as far as the outline says; null when they can. */
  lock: 'not-enrolled' | 'not-yet' | null;
  isPreview: boolean;
  /** Came after the viewer had finished the course. */
  isNew: boolean;
}

/** Groups the lessons by chapter and counts what is done. */
export function outlinePage(outline: Outline): OutlinePage {
  const { rows, currentId } = outline;
  const chapters: OutlineChapterPage[] = [];
  for (const row of rows) {
    if (chapters.at(-1)?.id !== row.chapterId) {
      chapters.push({
        id: row.chapterId,
        title: row.chapterTitle,
        completedCount: 0,
        countedCount: 0,
        isCurrent: row.chapterId === currentId,
        opens: opensInWords(row, outline),
        introduction: row.hasIntroduction ? { isCurrent: row.chapterId === currentId, lock: introductionLockOf(row, outline) } : null,
        lessons: [],
      });
    }
    const chapter = chapters.at(-1)!;
    chapter.lessons.push(lessonOf(row, outline));
    chapter.isCurrent ||= row.id === currentId;
    if (row.counts) chapter.countedCount += 1;
    if (row.counts && row.isCompleted) chapter.completedCount += 1;
  }
  const completedCount = chapters.reduce((sum, chapter) => sum + chapter.completedCount, 0);
  const countedCount = chapters.reduce((sum, chapter) => sum + chapter.countedCount, 0);
  return {
    chapters,
    completedCount,
    countedCount,
    percent: percentOf(completedCount, countedCount),
    ...neighborsOf(outline),
  };
}

function lessonOf(row: OutlineRow, outline: Outline): OutlineLesson {
  return {
    slug: row.slug,
    title: row.title,
    words: lessonWords(row.type, row.durationSeconds, !row.counts),
    isCompleted: row.isCompleted,
    isCurrent: row.id === outline.currentId,
    lock: lockOf(row, outline),
    isPreview: row.isPreview,
    isNew: row.isNew,
  };
}

/** The quiet words beside a lesson's title: "Video, 4 min, optional". */
export function lessonWords(type: string, durationSeconds: number, isOptional: boolean): string {
  return [lessonTypeLabel(type), durationSeconds > 0 && formatDuration(durationSeconds), isOptional && 'optional']
    .filter(Boolean)
    .join(', ');
}
