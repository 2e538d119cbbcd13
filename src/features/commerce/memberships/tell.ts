import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type Mail, sendMail } from '#platform/mail.server.ts';
import { formatMoney } from '#platform/money.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type MembershipMail, membershipEndsSoonMail } from '../emails/membership-ends-soon.ts';
import { membershipPaymentFailedMail } from '../emails/membership-payment-failed.ts';
import { membershipRenewsSoonMail } from '../emails/membership-renews-soon.ts';

interface Told {
  name: string;
  email: string;
  locale: string;
  timeZone: string;
  title: string;
  amount: number;
  currency: string;
  periodEnd: Date;
  graceEndsAt: Date | null;
}

const ofMembership = statement<Told, [id: string]>(
  `select u.name, u.email, u.locale, u.time_zone as "timeZone", p.name as title, s.amount, s.currency, s.current_period_end as "periodEnd",
          s.grace_ends_at as "graceEndsAt"
     from subscriptions s join people_in_full u on u.id = s.user_id join products p on p.id = s.product_id where s.id = $1::uuid and u.deleted_at is null`,
);

/** Tells a member that a payment failed, and until when the courses stay open. */
export const tellOfFailedPayment = (ctx: Context, id: string) =>
  tell(ctx, id, membershipPaymentFailedMail, ({ graceEndsAt }) => graceEndsAt);

/** Tells a member who cancelled that the end is near. */
export const tellOfEnd = (ctx: Context, id: string) => tell(ctx, id, membershipEndsSoonMail, ({ periodEnd }) => periodEnd);

/** Tells a member that money is taken soon: after a trial, and before another year. */
export const tellOfRenewal = (ctx: Context, id: string) => tell(ctx, id, membershipRenewsSoonMail, ({ periodEnd }) => periodEnd);

async function tell(ctx: Context, id: string, mail: Mail<MembershipMail>, day: (told: Told) => Date | null): Promise<void> {
  const [told] = await ctx.db.sql(ofMembership, id);
  const on = told && day(told);
  if (!on) return;
  await sendMail(ctx, mail, told.email, {
    name: told.name,
    title: told.title,
    amount: formatMoney({ minor: told.amount, currency: told.currency }, told.locale),
    day: dayInWords(on, told.timeZone),
    membershipUrl: `${runtime().config.origin}/settings/membership`,
  });
}

/** The day of a moment, on its reader's calendar. */
function dayInWords(moment: Date, timeZone: string): string {
  return moment.toLocaleDateString('en-US', { timeZone, dateStyle: 'long' });
}
