import { type LessonStatus, type PackagePart, playSeal } from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { LessonRow } from '../classroom/lesson-facts.ts';

/** A part of a lesson's package, and how far the viewer is in it. */
export interface LessonPart {
  title: string;
  heading: string | null;
  /** Null where nothing was kept yet. */
  attempt: { status: LessonStatus; score: number | null; highestScore: number | null; seconds: number; isDone: boolean } | null;
}

/** The package of an open lesson. */
export interface LessonPackage {
  title: string;
  parts: LessonPart[];
  /** Address of the player at the packages' origin. */
  playPath: string;
  /** Whether what the viewer does in it is kept. */
  records: boolean;
}

/** What `packageColumn` gives. */
export interface PackageRow {
  edition: number;
  title: string;
  parts: Pick<PackagePart, 'id' | 'title' | 'heading'>[];
  attempts: (NonNullable<LessonPart['attempt']> & { part: string })[];
}

/** The SQL of the package of the lesson `l`, with the attempts of the enrollment `e`; null when it has none. */
export const packageColumn = `
  case when l.type = 'PACKAGE' then (
    select json_build_object('edition', k.edition, 'title', k.title, 'parts', k.parts, 'attempts', coalesce((
        select json_agg(json_build_object('part', a.part, 'status', a.status, 'score', a.score_raw, 'highestScore', a.score_max,
                                          'seconds', a.total_seconds, 'isDone', a.completed_at is not null))
          from package_attempts a where a.enrollment_id = e.id and a.package_id = k.id), '[]'))
      from packages k where k.lesson_id = l.id) end`;

/** The package of a lesson that is open to the actor, with an address that plays it for them. `isLearner`: their progress is kept. */
export function lessonPackage(ctx: Context, row: LessonRow & { package: PackageRow | null }, isLearner: boolean): LessonPackage | null {
  if (!row.package) return null;
  const { edition, title, parts, attempts } = row.package;
  const person = ctx.actor.kind === 'person' ? ctx.actor : undefined;
  // An admin who acts as somebody looks, and takes no test for them.
  const records = isLearner && person !== undefined && !person.session?.impersonator;
  const seal = playSeal(ctx, { lessonId: row.lessonId, edition, viewerId: person?.id ?? null, records });
  return {
    title,
    parts: parts.map(({ id, title, heading }) => ({ title, heading, attempt: attemptOf(attempts, id) })),
    playPath: `/packages/${seal}/-/player`,
    records,
  };
}

function attemptOf(attempts: PackageRow['attempts'], id: string): LessonPart['attempt'] {
  const { part: _, ...attempt } = attempts.find(({ part }) => part === id) ?? {};
  return 'status' in attempt ? (attempt as NonNullable<LessonPart['attempt']>) : null;
}
