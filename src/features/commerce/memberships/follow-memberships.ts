import { z } from 'zod';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { shopSettings } from '../settings/shop-settings.ts';
import { keepMembership } from './keep-membership.ts';
import { holdMembership } from './membership-row.ts';
import { addDays } from './period.ts';
import { renewDemoMemberships } from './renew-demo.ts';
import { tellOfEnd, tellOfRenewal } from './tell.ts';

/** Few enough that nobody waits for long behind it. */
const atATime = 200;
/** How long before the end somebody hears of it who cancelled, or who is to pay for another year; and before the end of a trial. */
const noticeDays = 7;
const trialNoticeDays = 3;

const ended = statement<{ id: string }, [moment: string, graceOver: string]>(
  `select id from subscriptions
    where status in ('TRIALING', 'ACTIVE', 'PAST_DUE') and current_period_end <= $1::timestamptz
      and (cancel_at_period_end or current_period_end <= $2::timestamptz)
    order by current_period_end limit ${atATime}`,
);

// `notice_of` remembers of which end somebody was told, so that they hear of each once.
const toTell = statement<{ id: string; ends: boolean }, [moment: string, horizon: string, trialHorizon: string]>(
  `update subscriptions s set notice_of = s.current_period_end, updated_at = $1::timestamptz
    where s.id in (
            select id from subscriptions
             where status in ('TRIALING', 'ACTIVE') and current_period_end > $1::timestamptz and current_period_end <= $2::timestamptz
               and notice_of is distinct from current_period_end
               and (cancel_at_period_end or (status = 'ACTIVE' and interval = 'YEAR') or (status = 'TRIALING' and current_period_end <= $3::timestamptz))
             order by current_period_end limit ${atATime} for update skip locked)
   returning s.id, s.cancel_at_period_end as ends`,
);

/** Follows the clock: demo memberships are renewed, those that are over end, and members hear of what is near. Running it twice changes nothing. */
export async function followMemberships(outer: Context): Promise<void> {
  const ctx = { ...outer, actor: system };
  await renewDemoMemberships(ctx);
  await endMemberships(ctx);
  await tellMembers(ctx);
}

async function endMemberships(ctx: Context): Promise<void> {
  const { graceDays } = await shopSettings(ctx);
  const over = await inTransaction(ctx, (ctx) => ctx.db.sql(ended, ctx.now.toISOString(), addDays(ctx.now, -graceDays).toISOString()));
  for (const { id } of over) {
    await inTransaction(ctx, async (ctx) => {
      // Held anew: it may have been paid in the meantime.
      const membership = await holdMembership(ctx, id);
      await keepMembership(ctx, membership, membership);
    });
  }
  if (over.length === atATime) await endMemberships(ctx);
}

async function tellMembers(ctx: Context): Promise<void> {
  const horizon = (days: number) => addDays(ctx.now, days).toISOString();
  const count = await inTransaction(ctx, async (ctx) => {
    const told = await ctx.db.sql(toTell, ctx.now.toISOString(), horizon(noticeDays), horizon(trialNoticeDays));
    for (const { id, ends } of told) await (ends ? tellOfEnd(ctx, id) : tellOfRenewal(ctx, id));
    return told.length;
  });
  if (count === atATime) await tellMembers(ctx);
}

/** Does so every ten minutes. */
export const followMembershipsJob = defineJob({
  name: 'commerce.followMemberships',
  schema: z.object({}),
  schedule: '*/10 * * * *',
  handler: (ctx) => followMemberships(ctx),
});
