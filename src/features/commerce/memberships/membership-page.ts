import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import { isTimeZone } from '#platform/time.ts';
import { providerNamed } from '../providers/providers.ts';
import type { MembershipStatus } from './lifecycle.ts';
import { isDisputed } from './membership-row.ts';
import type { Interval } from './period.ts';

/** A membership as its person reads of it. */
export interface MembershipView {
  id: string;
  title: string;
  slug: string;
  isLive: boolean;
  /** `suspended`: a bank looks into a payment of it. */
  state: 'trial' | 'active' | 'ending' | 'past-due' | 'suspended' | 'over';
  /** What it costs each time, such as "$19.00 a month". */
  price: string;
  /** On the reader's own calendar: the next payment, the end, or the last day of grace. */
  day: string;
  mayResume: boolean;
  /** Whether its provider has pages of its own for changing a card. */
  hasPortal: boolean;
  courses: { slug: string; title: string }[];
}

/** The memberships of a person. */
export interface MembershipPage {
  memberships: MembershipView[];
}

interface Row {
  id: string;
  title: string;
  slug: string;
  status: MembershipStatus;
  provider: string;
  isRenewed: boolean;
  interval: Interval;
  amount: number;
  currency: string;
  periodEnd: Date;
  graceEndsAt: Date | null;
  cancelAtPeriodEnd: boolean;
  isDisputed: boolean;
  courses: { slug: string; title: string }[];
}

const mostShown = 20;

const ofPerson = statement<Row, [person: string]>(
  `select s.id, p.name as title, p.slug, s.status, s.provider, s.provider_subscription_id is not null as "isRenewed", s.interval, s.amount, s.currency,
          s.current_period_end as "periodEnd", s.grace_ends_at as "graceEndsAt", s.cancel_at_period_end as "cancelAtPeriodEnd", ${isDisputed} as "isDisputed",
          coalesce((select json_agg(json_build_object('slug', c.slug, 'title', c.title) order by m.position)
                      from product_courses m join courses c on c.id = m.course_id and c.status = 'PUBLISHED' where m.product_id = p.id), '[]') as courses
     from subscriptions s join products p on p.id = s.product_id
    where s.user_id = $1::uuid
    order by s.status in ('TRIALING', 'ACTIVE', 'PAST_DUE') desc, s.created_at desc limit ${mostShown}`,
);

/** The memberships of the acting person, running ones first. One query. */
export async function membershipPage(ctx: Context): Promise<MembershipPage> {
  const { id, locale, timeZone } = requirePerson(ctx);
  const rows = await asActor(ctx, (sql) => sql(ofPerson, id));
  return { memberships: rows.map((row) => viewOf(row, locale, timeZone)) };
}

function viewOf(row: Row, locale: string, timeZone: string): MembershipView {
  const { id, title, slug, status, interval, courses } = row;
  const isLive = status === 'TRIALING' || status === 'ACTIVE' || status === 'PAST_DUE';
  const price = formatMoney({ minor: row.amount, currency: row.currency }, locale);
  const day = status === 'PAST_DUE' || status === 'EXPIRED' ? (row.graceEndsAt ?? row.periodEnd) : row.periodEnd;
  return {
    id,
    title,
    slug,
    isLive,
    state: stateOf(row),
    price: `${price} a ${interval === 'YEAR' ? 'year' : 'month'}`,
    day: day.toLocaleDateString(locale, { dateStyle: 'long', timeZone: isTimeZone(timeZone) ? timeZone : 'UTC' }),
    mayResume: isLive && row.cancelAtPeriodEnd && row.isRenewed,
    hasPortal: isLive && row.isRenewed && hasPortal(row.provider),
    courses: isLive && !row.isDisputed ? courses : [],
  };
}

function hasPortal(provider: string): boolean {
  try {
    return providerNamed(provider).portalUrl !== undefined;
  } catch (error) {
    // A way to pay that the school has given up: nobody changes a card there any more.
    if (error instanceof AppError) return false;
    throw error;
  }
}

function stateOf({ status, cancelAtPeriodEnd, isDisputed }: Row): MembershipView['state'] {
  if (status === 'CANCELLED' || status === 'EXPIRED') return 'over';
  if (isDisputed) return 'suspended';
  if (status === 'PAST_DUE') return 'past-due';
  if (cancelAtPeriodEnd) return 'ending';
  return status === 'TRIALING' ? 'trial' : 'active';
}
