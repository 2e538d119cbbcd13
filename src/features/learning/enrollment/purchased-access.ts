import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type CourseId, newId, type UserId } from '#platform/ids.ts';
import { closeEnrollment } from './close-enrollment.ts';
import { openEnrollment } from './open-enrollment.ts';

/** Access that somebody paid for. The period is of the grant: another grant of the same course lives by its own. */
export interface BoughtAccess {
  userId: UserId;
  courseId: CourseId;
  source: 'PURCHASE' | 'MEMBERSHIP' | 'GIFT';
  /** What was bought: a purchase and a gift name the item, a membership itself. */
  orderItemId?: string;
  subscriptionId?: string;
  /** What was paid for it, in minor units. */
  amount: number;
  currency: string;
  startsAt: Date;
  /** Null is for good. */
  expiresAt: Date | null;
}

/** The reason of a grant that a dispute holds back: only such a one comes back by itself. */
const suspended = 'suspended';

type Values = [
  id: string,
  userId: string,
  courseId: string,
  source: string,
  amount: number,
  currency: string,
  orderItemId: string | null,
  subscriptionId: string | null,
  startsAt: string,
  expiresAt: string | null,
  moment: string,
];

const giveBy = (arbiter: string) =>
  statement<unknown, Values>(
    `insert into access_grants as g (id, user_id, course_id, source, amount, currency, order_item_id, subscription_id, starts_at, expires_at, created_at, updated_at)
     values ($1, $2, $3, $4::access_source, $5, $6, $7::uuid, $8::uuid, $9::timestamptz, $10::timestamptz, $11::timestamptz, $11::timestamptz)
     on conflict (${arbiter}) do update
       set expires_at = excluded.expires_at, revoked_at = null, reason = null, updated_at = excluded.updated_at
     where g.revoked_at is not null or g.expires_at is distinct from excluded.expires_at`,
  );

const giveForItem = giveBy('order_item_id, course_id, user_id');
const giveForSubscription = giveBy('subscription_id, course_id');

/** Whose grants are meant: those of an item that was bought, or of a membership; of one person where the item has seats. */
export interface GrantsOf {
  orderItemId?: string;
  subscriptionId?: string;
  userId?: string;
}

interface Touched {
  userId: UserId;
  courseId: CourseId;
}

const theirs = `(g.order_item_id = $1::uuid or g.subscription_id = $2::uuid) and ($3::uuid is null or g.user_id = $3::uuid)`;
const touched = 'returning g.user_id as "userId", g.course_id as "courseId"';
type Which = [orderItemId: string | null, subscriptionId: string | null, userId: string | null];

const revoke = statement<Touched, [...which: Which, reason: string, moment: string]>(
  `update access_grants g set revoked_at = coalesce(g.revoked_at, $5::timestamptz), reason = $4, updated_at = $5::timestamptz
    where ${theirs} and (g.revoked_at is null or g.reason = '${suspended}') ${touched}`,
);
const suspend = statement<Touched, [...which: Which, moment: string]>(
  `update access_grants g set revoked_at = $4::timestamptz, reason = '${suspended}', updated_at = $4::timestamptz
    where ${theirs} and g.revoked_at is null ${touched}`,
);
const resume = statement<Touched, [...which: Which, moment: string]>(
  `update access_grants g set revoked_at = null, reason = null, updated_at = $4::timestamptz
    where ${theirs} and g.reason = '${suspended}' ${touched}`,
);

/**
 * Gives a person the access that was bought, and opens their enrollment; in a transaction of the school. Given twice, it is one grant; given anew after it was taken, or
 * with another end, it is that grant again. `suspended`: only the school lets this person in again, and the grant waits.
 */
export async function grantAccess(ctx: Context, access: BoughtAccess): Promise<'enrolled' | 'already' | 'suspended'> {
  const { userId, courseId } = access;
  await ctx.db.sql(
    access.orderItemId ? giveForItem : giveForSubscription,
    newId(),
    userId,
    courseId,
    access.source,
    access.amount,
    access.currency,
    access.orderItemId ?? null,
    access.subscriptionId ?? null,
    access.startsAt.toISOString(),
    access.expiresAt?.toISOString() ?? null,
    ctx.now.toISOString(),
  );
  return openEnrollment(ctx, { userId, courseId });
}

/** Takes what was bought away, for good. A course that another grant opens stays open, and progress is kept. Done twice, it is done. */
export async function revokeAccess(ctx: Context, { reason, ...which }: GrantsOf & { reason: string }): Promise<void> {
  await closeAll(ctx, await ctx.db.sql(revoke, ...valuesOf(which), reason, ctx.now.toISOString()));
}

/** Holds back what was bought while its payment is disputed. */
export async function suspendAccess(ctx: Context, which: GrantsOf): Promise<void> {
  await closeAll(ctx, await ctx.db.sql(suspend, ...valuesOf(which), ctx.now.toISOString()));
}

/** Gives back what was held back, as it was. What was taken for good meanwhile stays taken. */
export async function resumeAccess(ctx: Context, which: GrantsOf): Promise<void> {
  for (const grant of inOrder(await ctx.db.sql(resume, ...valuesOf(which), ctx.now.toISOString()))) await openEnrollment(ctx, grant);
}

function valuesOf(which: GrantsOf): Which {
  return [which.orderItemId ?? null, which.subscriptionId ?? null, which.userId ?? null];
}

async function closeAll(ctx: Context, grants: Touched[]): Promise<void> {
  for (const grant of inOrder(grants)) await closeEnrollment(ctx, grant);
}

/** Courses are held in one order, so that two who change the same ones wait for each other instead of both at once. */
function inOrder(grants: Touched[]): Touched[] {
  return grants.sort((a, b) => a.courseId.localeCompare(b.courseId) || a.userId.localeCompare(b.userId));
}
