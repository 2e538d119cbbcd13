import { playableVideoColumn } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { accessEnded, accessUntil } from '../enrollment/access-period.ts';
import { type LessonNotes, lessonNotes, notesColumn, notesPlace } from '../notes/lesson-notes.ts';
import { packageColumn } from '../packages/lesson-package.ts';
import { mayTakeNotes, seesAsStudent } from '../policy.ts';
import type { LessonAddress } from '../progress/mark-lesson.ts';
import { type ClassroomCourse, classroomCourse } from './classroom-course.ts';
import { contentOf, type LessonContent, type LessonProgress, progressOf, timeZoneOf, type WholeRow } from './lesson-content.ts';
import { judge, type LessonQueryValues, lessonQuery, lessonQueryValues } from './lesson-facts.ts';
import { resourcesColumn } from './lesson-resources.ts';
import { lessonWords, type OutlinePage, outlinePage, outlineStatement } from './outline.ts';
import { judgeAsNewStudent, lessonOfNewStudent, outlineOfNewStudent } from './student-view.ts';

/** A lesson in its classroom, for one viewer. */
export interface LessonPage {
  course: ClassroomCourse;
  lesson: { id: string; slug: string; title: string; chapterTitle: string; type: string; words: string; isNew: boolean };
  content: LessonContent;
  /** Enrolled, and a grant lives: progress is kept. */
  isLearner: boolean;
  /** Null for who is no learner, and for a locked lesson. */
  progress: LessonProgress | null;
  outline: OutlinePage;
  /** The viewer's own; null for guests. */
  notes: LessonNotes | null;
  /** Who teaches the course looks at it as a student who enrolled just now. Nothing that they do is kept. */
  isStudentView: boolean;
}

/** Everything of a lesson's own page, read in the lesson's one query. */
const lessonWithAll = statement<WholeRow, [...LessonQueryValues, notesAfterSecond: number, notesAfterId: string]>(
  lessonQuery(`, l.content_html as "contentHtml", ${accessUntil('$3', '$4')} as "accessUntil", ${accessEnded('$3', '$4')} as "accessEnded",
         ${playableVideoColumn('l.video_id')} as video, ${packageColumn} as package, ${resourcesColumn} as resources, ${notesColumn('$3', '$5', '$6')} as notes`),
);

/** The page of a lesson. What the viewer may not see is not in it; a lesson that they may not know of is not found. */
export async function lessonPage(
  ctx: Context,
  input: LessonAddress & { notesAfter?: string | null; asStudent?: boolean },
): Promise<LessonPage> {
  const values = lessonQueryValues(ctx, input);
  const place = notesPlace(input.notesAfter);
  const isGuest = ctx.actor.kind === 'guest';
  const [[ownRow], ownOutline] = await asActor(ctx, (sql) =>
    Promise.all([sql(lessonWithAll, ...values, ...place), sql(outlineStatement, values[0], values[2])]),
  );
  if (!ownRow) throw absent();
  const own = judge(ctx, ownRow);
  const isStudentView = seesAsStudent({ isStaff: own.isStaff, asksForIt: input.asStudent === true });
  const row = isStudentView ? lessonOfNewStudent(ownRow, ctx.now) : ownRow;
  const outlineRows = isStudentView ? outlineOfNewStudent(ownOutline, ctx.now) : ownOutline;
  const { standing, isStaff, isPrepared, access } = isStudentView ? judgeAsNewStudent(row, ctx.now) : own;
  if (access.kind === 'absent') throw absent();
  const timeZone = timeZoneOf(ctx);
  const inOutline = outlineRows.find(({ id }) => id === row.lessonId);
  return {
    course: classroomCourse(ctx, row, { standing, isPrepared, isStudentView }),
    lesson: {
      id: row.lessonId,
      slug: input.lessonSlug,
      title: row.lessonTitle,
      chapterTitle: row.chapterTitle,
      type: row.type,
      words: lessonWords(row.type, inOutline?.durationSeconds ?? row.durationSeconds, !row.isRequired),
      isNew: standing === 'open' && inOutline?.isNew === true,
    },
    content: contentOf(ctx, row, access, standing),
    isLearner: standing === 'open',
    progress: standing === 'open' && access.kind === 'open' && !isStudentView ? progressOf(row) : null,
    outline: outlinePage({
      rows: outlineRows,
      currentId: row.lessonId,
      isOpenToViewer: isStaff || (standing === 'open' && isPrepared),
      isStaff,
      now: ctx.now,
      timeZone,
    }),
    isStudentView,
    notes: isGuest || isStudentView ? null : await lessonNotes(row.notes, place, mayTakeNotes({ isGuest, access })),
  };
}

function absent(): AppError {
  return new AppError('not-found', 'There is no such lesson.');
}
