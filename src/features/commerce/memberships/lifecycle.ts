import { addDays } from './period.ts';

/** What a membership is. */
export type MembershipStatus = 'TRIALING' | 'ACTIVE' | 'PAST_DUE' | 'CANCELLED' | 'EXPIRED';

/** What a membership may become. An ended one lives again where its provider took money for it after all. */
const transitions: Record<MembershipStatus, readonly MembershipStatus[]> = {
  TRIALING: ['ACTIVE', 'PAST_DUE', 'CANCELLED', 'EXPIRED'],
  ACTIVE: ['PAST_DUE', 'CANCELLED', 'EXPIRED'],
  PAST_DUE: ['ACTIVE', 'CANCELLED', 'EXPIRED'],
  CANCELLED: ['TRIALING', 'ACTIVE', 'PAST_DUE', 'EXPIRED'],
  EXPIRED: ['ACTIVE', 'PAST_DUE', 'CANCELLED'],
};

/** Whether a membership may go from one state to another. */
export function mayMembershipBecome(from: MembershipStatus, to: MembershipStatus): boolean {
  return transitions[from].includes(to);
}

/**
 * What is known of a membership. Each fact only grows, or is the newest word of the one who says it: whatever the order in which news arrives, and however often, the same
 * is known in the end. What a membership *is*, and until when it opens its courses, follows from the facts and the clock.
 */
export interface Facts {
  /** The paid time that ends last; in a trial the trial itself. */
  periodStart: Date;
  periodEnd: Date;
  trialEndsAt: Date | null;
  /** When a payment failed last. */
  failedAt: Date | null;
  cancelAtPeriodEnd: boolean;
  /** Of when the newest word about `cancelAtPeriodEnd` is. */
  toldAt: Date;
  /** When the provider ended it for good. */
  endedAt: Date | null;
}

/** A period was paid. News of an earlier one changes nothing of what is paid up to now. */
export function withPayment(facts: Facts, period: { start: Date; end: Date }): Facts {
  return period.end > facts.periodEnd ? { ...facts, periodStart: period.start, periodEnd: period.end } : facts;
}

/** A payment failed. */
export function withFailure(facts: Facts, at: Date): Facts {
  return !facts.failedAt || at > facts.failedAt ? { ...facts, failedAt: at } : facts;
}

/** Somebody said whether it ends with the paid time. Older news than what is known says nothing; of two at one moment, the one that ends it counts. */
export function withWish(facts: Facts, { cancels, at }: { cancels: boolean; at: Date }): Facts {
  const isNewer = at > facts.toldAt || (at.getTime() === facts.toldAt.getTime() && cancels);
  return isNewer ? { ...facts, cancelAtPeriodEnd: cancels, toldAt: at } : facts;
}

/** The provider ended it: from then on nothing renews it. What was paid stays paid. */
export function withEnd(facts: Facts, at: Date): Facts {
  return !facts.endedAt || at < facts.endedAt ? { ...facts, endedAt: at } : facts;
}

/** Until when its courses are open: to the end of the paid time, and some days longer where it goes on, for a payment that is late or failed. */
export function accessUntil(facts: Facts, graceDays: number): Date {
  return facts.endedAt || facts.cancelAtPeriodEnd ? facts.periodEnd : addDays(facts.periodEnd, graceDays);
}

/** What the membership is at a moment. */
export function statusAt(facts: Facts, now: Date, graceDays: number): MembershipStatus {
  const { periodEnd, trialEndsAt, failedAt } = facts;
  if (facts.endedAt || (facts.cancelAtPeriodEnd && now >= periodEnd)) return 'CANCELLED';
  if (now >= addDays(periodEnd, graceDays)) return 'EXPIRED';
  // A failure before the end of what is paid is one of a payment that was made after all.
  if (failedAt && failedAt >= periodEnd) return 'PAST_DUE';
  return trialEndsAt && periodEnd <= trialEndsAt ? 'TRIALING' : 'ACTIVE';
}
