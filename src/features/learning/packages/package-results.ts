import type { LessonStatus } from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';

/** A learner's attempt at a part of a lesson's package. */
export interface PackageResult {
  id: string;
  name: string;
  part: string;
  status: LessonStatus;
  score: number | null;
  highestScore: number | null;
  seconds: number;
  changedAt: Date;
}

const pageSize = 50;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Whose attempts one may read is said by row-level security: one's own, and those in courses that one teaches or helps in.
const resultsBefore = statement<PackageResult, [courseSlug: string, lessonSlug: string, before: string, limit: number]>(`
  select a.id, u.name, coalesce(part.title, a.part) as part, a.status, a.score_raw::float8 as score, a.score_max::float8 as "highestScore",
         a.total_seconds as seconds, a.updated_at as "changedAt"
    from courses c join lessons l on l.course_id = c.id and l.slug = $2
    join packages k on k.lesson_id = l.id
    join package_attempts a on a.package_id = k.id and a.id < $3::uuid
    join enrollments e on e.id = a.enrollment_id
    join people u on u.id = e.user_id
    left join lateral (select known ->> 'title' as title from jsonb_array_elements(k.parts) known where known ->> 'id' = a.part limit 1) part on true
   where c.slug = $1 order by a.id desc limit $4`);

/** What learners have reached in a lesson's package, the newest beginnings first: as far as the actor may see it. One query. */
export async function packageResults(
  ctx: Context,
  input: { courseSlug: string; lessonSlug: string; before?: string | null },
): Promise<{ results: PackageResult[]; next: string | null }> {
  const before = input.before && isId(input.before) ? input.before : lastId;
  const rows = await asActor(ctx, (sql) => sql(resultsBefore, input.courseSlug, input.lessonSlug, before, pageSize + 1));
  const results = rows.slice(0, pageSize);
  return { results, next: rows.length > pageSize ? (results.at(-1)?.id ?? null) : null };
}
