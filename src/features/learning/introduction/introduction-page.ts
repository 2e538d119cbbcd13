import { type PlayableVideo, playableVideoDangerouslyUnchecked } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { type ClassroomCourse, classroomCourse } from '../classroom/classroom-course.ts';
import { type LockedContent, lockedContent, timeZoneOf } from '../classroom/lesson-content.ts';
import { judge } from '../classroom/lesson-facts.ts';
import { type OutlinePage, outlinePage, outlineStatement } from '../classroom/outline.ts';
import { introductionOfNewStudent, judgeAsNewStudent, outlineOfNewStudent } from '../classroom/student-view.ts';
import { seesAsStudent } from '../policy.ts';
import { introductionById } from './introduction-row.ts';

/** The introduction of a chapter in its classroom, for one viewer. It has no progress of its own. */
export interface IntroductionPage {
  course: ClassroomCourse;
  chapter: { id: string; title: string };
  content: IntroductionContent | LockedContent;
  /** Enrolled, and a grant lives. */
  isLearner: boolean;
  outline: OutlinePage;
  /** Who teaches the course looks at it as a student who enrolled just now. */
  isStudentView: boolean;
}

/** What is read and watched before the first lesson. */
export interface IntroductionContent {
  kind: 'open';
  html: string;
  /** Whether it has a film, and the film as far as it can be played. */
  hasVideo: boolean;
  video: PlayableVideo | null;
  /** Open to somebody who is not enrolled. */
  isPreview: boolean;
}

/** The page of a chapter's introduction. What the viewer may not see is not in it; a chapter that they may not know of is not found. */
export async function introductionPage(
  ctx: Context,
  input: { courseSlug: string; chapterId: string; asStudent?: boolean },
): Promise<IntroductionPage> {
  if (!isId(input.chapterId)) throw absent();
  const person = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const [[ownRow], ownOutline] = await asActor(ctx, (sql) =>
    Promise.all([
      sql(introductionById, input.courseSlug, input.chapterId, person, ctx.now.toISOString()),
      sql(outlineStatement, input.courseSlug, person),
    ]),
  );
  if (!ownRow) throw absent();
  const own = judge(ctx, ownRow);
  const isStudentView = seesAsStudent({ isStaff: own.isStaff, asksForIt: input.asStudent === true });
  const row = isStudentView ? introductionOfNewStudent(ownRow, ctx.now) : ownRow;
  const { standing, isStaff, isPrepared, access } = isStudentView ? judgeAsNewStudent(row, ctx.now) : own;
  if (access.kind === 'absent') throw absent();
  return {
    course: classroomCourse(ctx, row, { standing, isPrepared, isStudentView }),
    chapter: { id: row.chapterId, title: row.chapterTitle },
    content:
      access.kind === 'locked'
        ? lockedContent(ctx, row, access.reason)
        : {
            kind: 'open',
            html: row.contentHtml,
            hasVideo: row.hasVideo,
            video: playableVideoDangerouslyUnchecked(ctx, row.video) ?? null,
            isPreview: row.isPreview && standing !== 'open',
          },
    isLearner: standing === 'open',
    outline: outlinePage({
      rows: isStudentView ? outlineOfNewStudent(ownOutline, ctx.now) : ownOutline,
      currentId: row.chapterId,
      isOpenToViewer: isStaff || (standing === 'open' && isPrepared),
      isStaff,
      now: ctx.now,
      timeZone: timeZoneOf(ctx),
    }),
    isStudentView,
  };
}

function absent(): AppError {
  return new AppError('not-found', 'There is no such introduction.');
}
