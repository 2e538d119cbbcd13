import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId, type UserId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { closeEnrollment } from '../enrollment/close-enrollment.ts';
import { openEnrollment } from '../enrollment/open-enrollment.ts';
import { requireGranting, type TaughtCourse } from './taught-course.ts';

interface Held {
  userId: UserId;
  isRevoked: boolean;
}

// Only what was given by hand: what was bought, or is free to all, is not taken away here.
const holdGrant = statement<Held, [grantId: string, courseId: string]>(
  `select user_id as "userId", revoked_at is not null as "isRevoked" from access_grants
    where id = $1::uuid and course_id = $2::uuid and source in ('MANUAL', 'GIFT') and order_item_id is null for update`,
);

const revoke = statement<unknown, [grantId: string, reason: string | null, moment: string]>(
  'update access_grants set revoked_at = $3::timestamptz, reason = $2, updated_at = $3::timestamptz where id = $1::uuid',
);
const restore = statement<{ id: string }, [grantId: string, moment: string]>(
  `update access_grants g set revoked_at = null, reason = null, updated_at = $2::timestamptz
    where g.id = $1::uuid and not exists (select from access_grants o where o.user_id = g.user_id and o.course_id = g.course_id and o.source = 'MANUAL'
                                             and o.revoked_at is null and o.id <> g.id)
   returning g.id`,
);
const extend = statement<unknown, [grantId: string, expiresAt: string | null, moment: string]>(
  'update access_grants set expires_at = $2::timestamptz, updated_at = $3::timestamptz where id = $1::uuid',
);

const hasGrant = statement<{ lives: boolean }, [userId: string, courseId: string, moment: string]>(
  `select exists (select from access_grants g where g.user_id = $1::uuid and g.course_id = $2::uuid and g.revoked_at is null and g.starts_at <= $3::timestamptz
                     and (g.expires_at is null or g.expires_at > $3::timestamptz)) as lives`,
);

const reasonField = z.object({ reason: z.string().trim().max(500, 'At most 500 characters.') });

/** Takes away what was given by hand. Access stays while another grant lives. Done twice, it is done. */
export async function revokeGrant(ctx: Context, input: { slug: string; grantId: string; reason: string }): Promise<{ hasAccess: boolean }> {
  const { reason } = parseInput(reasonField, { reason: input.reason });
  return changeGrant(ctx, input, async (ctx, course, { userId, isRevoked }) => {
    const moment = ctx.now.toISOString();
    if (!isRevoked) {
      await ctx.db.sql(revoke, input.grantId, reason || null, moment);
      await audit(ctx, {
        action: 'learning.accessTaken',
        subjectType: 'user',
        subjectId: userId,
        after: { course: course.title, ...(reason && { reason }) },
      });
    }
    await closeEnrollment(ctx, { userId, courseId: course.id });
    const [{ lives } = { lives: false }] = await ctx.db.sql(hasGrant, userId, course.id, moment);
    return { hasAccess: lives };
  });
}

/** Gives back what was taken away, as it was. */
export async function restoreGrant(ctx: Context, input: { slug: string; grantId: string }): Promise<void> {
  await changeGrant(ctx, input, async (ctx, course, { userId, isRevoked }) => {
    if (!isRevoked) return;
    const [restored] = await ctx.db.sql(restore, input.grantId, ctx.now.toISOString());
    if (!restored) throw new AppError('conflict', 'They have been given access anew since.');
    await openEnrollment(ctx, { userId, courseId: course.id });
    await audit(ctx, { action: 'learning.accessRestored', subjectType: 'user', subjectId: userId, after: { course: course.title } });
  });
}

/** Has access by hand end at another moment, or never. */
export async function extendGrant(ctx: Context, input: { slug: string; grantId: string; expiresAt: Date | null }): Promise<void> {
  if (input.expiresAt && input.expiresAt <= ctx.now) {
    throw new AppError('invalid', 'This moment has passed.', {
      fields: { expiresAt: 'Choose a day that is still to come, or take the access away.' },
    });
  }
  await changeGrant(ctx, input, async (ctx, course, { userId, isRevoked }) => {
    if (isRevoked) throw new AppError('conflict', 'This access was taken away. Restore it first.');
    const until = input.expiresAt?.toISOString() ?? null;
    await ctx.db.sql(extend, input.grantId, until, ctx.now.toISOString());
    await openEnrollment(ctx, { userId, courseId: course.id });
    await audit(ctx, {
      action: 'learning.accessMoved',
      subjectType: 'user',
      subjectId: userId,
      after: { course: course.title, ...(until && { until }) },
    });
  });
}

async function changeGrant<Result>(
  ctx: Context,
  input: { slug: string; grantId: string },
  change: (ctx: Context, course: TaughtCourse, held: Held) => Promise<Result>,
): Promise<Result> {
  return inTransaction(ctx, async (ctx) => {
    const course = await requireGranting(ctx, input.slug);
    const [held] = isId(input.grantId) ? await ctx.db.sql(holdGrant, input.grantId, course.id) : [];
    if (!held) throw new AppError('not-found', 'Access by hand that one could change is not there.');
    return change(ctx, course, held);
  });
}
