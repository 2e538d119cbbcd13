import { setMembershipAccess } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import { shopSettings } from '../settings/shop-settings.ts';
import { accessUntil, type Facts, type MembershipStatus, mayMembershipBecome, statusAt } from './lifecycle.ts';
import { isSuspended, type Membership } from './membership-row.ts';
import { addDays } from './period.ts';
import { tellOfFailedPayment } from './tell.ts';

type Kept = [
  id: string,
  status: MembershipStatus,
  periodStart: string,
  periodEnd: string,
  failedAt: string | null,
  cancelAtPeriodEnd: boolean,
  toldAt: string,
  endedAt: string | null,
  cancelledAt: string | null,
  graceEndsAt: string | null,
  moment: string,
];

const keep = statement<unknown, Kept>(
  `update subscriptions
      set status = $2::subscription_status, current_period_start = $3::timestamptz, current_period_end = $4::timestamptz, failed_at = $5::timestamptz,
          cancel_at_period_end = $6, told_at = $7::timestamptz, ended_at = $8::timestamptz, cancelled_at = $9::timestamptz, grace_ends_at = $10::timestamptz,
          updated_at = $11::timestamptz
    where id = $1::uuid`,
);

const another = statement<{ id: string }, [id: string, userId: string, productId: string]>(
  `select id from subscriptions where id <> $1::uuid and user_id = $2::uuid and product_id = $3::uuid and status in ('TRIALING', 'ACTIVE', 'PAST_DUE') for update`,
);

const coursesOf = statement<{ courseId: CourseId }, [productId: string]>(
  `select p.course_id as "courseId" from product_courses p join courses c on c.id = p.course_id and c.status <> 'DRAFT' where p.product_id = $1::uuid`,
);

const isLive = (status: MembershipStatus) => status === 'TRIALING' || status === 'ACTIVE' || status === 'PAST_DUE';

/** Keeps what is known of a membership that is held, lets its courses follow, and tells its person of a payment that failed. In a transaction of the school. */
export async function keepMembership(ctx: Context, before: Membership, facts: Facts): Promise<MembershipStatus> {
  const { graceDays } = await shopSettings(ctx);
  const status = await nextStatus(ctx, before, statusAt(facts, ctx.now, graceDays));
  const iso = (moment: Date | null) => moment?.toISOString() ?? null;
  const isLate = status === 'PAST_DUE' || status === 'EXPIRED';
  await ctx.db.sql(
    keep,
    before.id,
    status,
    facts.periodStart.toISOString(),
    facts.periodEnd.toISOString(),
    iso(facts.failedAt),
    facts.cancelAtPeriodEnd,
    facts.toldAt.toISOString(),
    iso(facts.endedAt),
    iso(facts.endedAt ?? (facts.cancelAtPeriodEnd ? (before.cancelledAt ?? facts.toldAt) : null)),
    isLate ? addDays(facts.periodEnd, graceDays).toISOString() : null,
    ctx.now.toISOString(),
  );
  await openCourses(ctx, { ...before, ...facts });
  if (status === 'PAST_DUE' && before.status !== 'PAST_DUE') await tellOfFailedPayment(ctx, before.id);
  return status;
}

/**
 * Opens the courses of a membership that is held for as long as what is known of it says: those that are in it now, and no other. While a payment of it is disputed they stay
 * as they are, which is closed; whoever ends the dispute opens them again.
 */
export async function openCourses(ctx: Context, membership: Membership): Promise<void> {
  if (await isSuspended(ctx, membership)) return;
  const { graceDays } = await shopSettings(ctx);
  await setMembershipAccess(ctx, {
    subscriptionId: membership.id,
    userId: membership.userId,
    courseIds: (await ctx.db.sql(coursesOf, membership.productId)).map(({ courseId }) => courseId),
    startsAt: membership.beganAt,
    until: accessUntil(membership, graceDays),
  });
}

/** One that was over lives again where it was paid after all; unless its person has begun another one meanwhile, which the school then hears of. */
async function nextStatus(ctx: Context, before: Membership, status: MembershipStatus): Promise<MembershipStatus> {
  if (status === before.status || !mayMembershipBecome(before.status, status)) return before.status;
  if (!isLive(status) || isLive(before.status)) return status;
  const [other] = await ctx.db.sql(another, before.id, before.userId, before.productId);
  if (!other) return status;
  await raiseAlarm(ctx, {
    key: `membership-twice:${before.id}`,
    kind: 'membership-twice',
    orderId: null,
    details: {
      provider: before.provider,
      subscriptionId: before.providerSubscriptionId,
      note: 'It was paid after its end, and its person has another one.',
    },
  });
  return before.status;
}
