import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type CourseId, newId, type UserId } from '#platform/ids.ts';
import { closeEnrollment } from './close-enrollment.ts';
import { openEnrollment } from './open-enrollment.ts';

/** What a membership opens to its person. */
export interface MembershipAccess {
  subscriptionId: string;
  userId: UserId;
  /** All of them: a course that is not named is open by this membership no more. */
  courseIds: CourseId[];
  startsAt: Date;
  until: Date;
}

type Given = [ids: string[], courseIds: string[], userId: string, subscriptionId: string, startsAt: string, until: string, moment: string];

const give = statement<unknown, Given>(
  `insert into access_grants as g (id, user_id, course_id, source, subscription_id, starts_at, expires_at, created_at, updated_at)
   select n.id, $3::uuid, n.course_id, 'MEMBERSHIP', $4::uuid, $5::timestamptz, $6::timestamptz, $7::timestamptz, $7::timestamptz
     from unnest($1::uuid[], $2::uuid[]) as n (id, course_id)
   on conflict (subscription_id, course_id) do update
     set expires_at = excluded.expires_at, revoked_at = null, reason = null, updated_at = excluded.updated_at
   where g.revoked_at is not null or g.expires_at is distinct from excluded.expires_at`,
);

const shorten = statement<unknown, [subscriptionId: string, until: string, moment: string]>(
  `update access_grants set expires_at = greatest($2::timestamptz, starts_at + interval '1 millisecond'), updated_at = $3::timestamptz
    where subscription_id = $1::uuid and revoked_at is null and expires_at > $2::timestamptz`,
);

const take = statement<{ courseId: CourseId }, [subscriptionId: string, courseIds: string[], moment: string]>(
  `update access_grants set revoked_at = $3::timestamptz, reason = 'no longer part of the membership', updated_at = $3::timestamptz
    where subscription_id = $1::uuid and revoked_at is null and course_id <> all ($2::uuid[])
   returning course_id as "courseId"`,
);

const closed = statement<{ courseId: CourseId }, [userId: string, courseIds: string[]]>(
  `select n.course_id as "courseId" from unnest($2::uuid[]) as n (course_id)
    where not exists (select from enrollments e where e.user_id = $1::uuid and e.course_id = n.course_id and e.status in ('ACTIVE', 'COMPLETED'))`,
);

/**
 * Says what a membership opens and until when, in a transaction of the school: courses that came to it are given, courses that left it are taken, the end is moved. Said twice,
 * it is the same. Once the end has passed, nothing new is given.
 */
export async function setMembershipAccess(ctx: Context, access: MembershipAccess): Promise<void> {
  const { subscriptionId, userId, startsAt, until } = access;
  const moment = ctx.now.toISOString();
  if (until <= ctx.now) {
    await ctx.db.sql(shorten, subscriptionId, until.toISOString(), moment);
    return;
  }
  // Courses are held in one order, so that two who change the same ones wait for each other instead of both at once.
  const courseIds = [...access.courseIds].sort();
  const ids = courseIds.map(() => newId());
  await ctx.db.sql(give, ids, courseIds, userId, subscriptionId, startsAt.toISOString(), until.toISOString(), moment);
  const taken = await ctx.db.sql(take, subscriptionId, courseIds, moment);
  for (const { courseId } of await ctx.db.sql(closed, userId, courseIds)) await openEnrollment(ctx, { userId, courseId });
  for (const { courseId } of taken.sort((a, b) => a.courseId.localeCompare(b.courseId))) await closeEnrollment(ctx, { userId, courseId });
}
