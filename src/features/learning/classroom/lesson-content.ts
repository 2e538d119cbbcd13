import { type PlayableVideo, type PlayableVideoRow, playableVideoDangerouslyUnchecked } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { type LocalDate, localDate, momentInWords } from '#platform/time.ts';
import type { NoteRow } from '../notes/note.ts';
import { type LessonPackage, lessonPackage, type PackageRow } from '../packages/lesson-package.ts';
import { type LessonAccess, type LockReason, mayMarkComplete, mayReopen, type Standing } from '../policy.ts';
import { resumeSecond } from '../progress/progress.ts';
import { isWatchedThrough, type LessonRow } from './lesson-facts.ts';
import { type LessonResource, lessonResources, type ResourceRow } from './lesson-resources.ts';

/** What a lesson's page has of the lesson itself. */
export type LessonContent =
  | {
      kind: 'open';
      html: string;
      video: PlayableVideo | null;
      package: LessonPackage | null;
      resources: LessonResource[];
      isPreview: boolean;
    }
  | LockedContent;

/** Why somebody does not see it, and when they will. */
export interface LockedContent {
  kind: 'locked';
  reason: LockReason;
  /** When it opens, on the viewer's clock. */
  opens: string | null;
  endedOn: LocalDate | null;
}

/** How far a learner is in a lesson. */
export interface LessonProgress {
  isCompleted: boolean;
  watchedPercent: number;
  /** Where the video goes on. */
  resumeSecond: number;
  mayComplete: boolean;
  mayReopen: boolean;
}

/** Everything of a lesson that its own page needs. */
export interface WholeRow extends LessonRow {
  contentHtml: string;
  accessUntil: Date | null;
  accessEnded: Date | null;
  video: PlayableVideoRow | null;
  package: PackageRow | null;
  resources: ResourceRow[];
  notes: NoteRow[];
}

/** What the viewer gets of the lesson itself. Of a locked one, nothing. */
export function contentOf(
  ctx: Context,
  row: WholeRow,
  access: Exclude<LessonAccess, { kind: 'absent' }>,
  standing: Standing,
): LessonContent {
  if (access.kind === 'locked') return lockedContent(ctx, row, access.reason);
  return {
    kind: 'open',
    html: row.contentHtml,
    video: playableVideoDangerouslyUnchecked(ctx, row.video) ?? null,
    package: lessonPackage(ctx, row, standing === 'open'),
    resources: lessonResources(ctx, row.resources),
    isPreview: row.isPreview && standing !== 'open',
  };
}

/** What the viewer gets of what is locked: the reason. */
export function lockedContent(ctx: Context, row: Pick<WholeRow, 'opensAt' | 'accessEnded'>, reason: LockReason): LockedContent {
  const timeZone = timeZoneOf(ctx);
  return {
    kind: 'locked',
    reason,
    opens: reason === 'not-yet' && row.opensAt ? momentInWords(row.opensAt, timeZone) : null,
    endedOn: reason === 'access-ended' && row.accessEnded ? localDate(row.accessEnded, timeZone) : null,
  };
}

/** How far the learner is in an open lesson, and what they may say of it themselves. */
export function progressOf(row: LessonRow): LessonProgress {
  const marks = { ...row, isWatchedThrough: isWatchedThrough(row) };
  return {
    isCompleted: row.isCompleted,
    watchedPercent: row.watchedPercent,
    resumeSecond: resumeSecond(row.positionSeconds, row.durationSeconds),
    mayComplete: mayMarkComplete(marks),
    mayReopen: mayReopen(marks),
  };
}

/** The clock that the viewer lives by. */
export function timeZoneOf({ actor }: Context): string {
  return actor.kind === 'person' ? actor.timeZone : 'UTC';
}
