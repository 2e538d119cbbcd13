import { splitMoney } from '#platform/money.ts';
import type { RevenueChannel } from './channel.ts';
import { type Entry, type LedgerAccount, linesOf } from './entry.ts';

/** One thing that was sold, as the books need to know it. Amounts are minor units of one currency. */
export interface SoldItem {
  orderItemId: string;
  /** What the buyer pays for it, with tax. */
  total: number;
  /** The part of the total that is tax. */
  tax: number;
  channel: RevenueChannel;
  /** Who offers it: takes the instructors' share where no course is in it. */
  sellerId: string;
  courses: SoldCourse[];
}

/** A course in it, and who teaches it: the leading instructor has what the shares of the others leave. */
export interface SoldCourse {
  instructorId: string;
  listPrice: number;
  others: { userId: string; shareBasisPoints: number }[];
}

/** What the instructors get of the price without tax, by channel; what is left is the school's. */
export interface Shares {
  shareOwnCouponBasisPoints: number;
  shareOrganicBasisPoints: number;
  shareAffiliateBasisPoints: number;
  affiliateBasisPoints: number;
}

const whole = 10_000;

/**
 * What a sale writes into the books. The price without tax is divided between instructors, whoever sent the buyer, and the school; the instructors' part over the courses
 * of a bundle or membership by their list prices (equally where none has one), and over the people of a course by their shares. Every cent goes somewhere.
 */
export function entriesOfSale({ items, shares, affiliateId }: { items: SoldItem[]; shares: Shares; affiliateId: string | null }): Entry[] {
  return items.flatMap((item) => {
    const instructorShare = shareOf(item.channel, shares);
    const sentShare = item.channel === 'AFFILIATE' && affiliateId ? shares.affiliateBasisPoints : 0;
    const [taught = 0, sent = 0, kept = 0] = splitMoney(item.total - item.tax, [
      instructorShare,
      sentShare,
      whole - instructorShare - sentShare,
    ]);
    const instructors = overCourses(item, taught).map(([userId, amount]): [LedgerAccount, string, number] => [
      'INSTRUCTOR',
      userId,
      -amount,
    ]);
    return linesOf(item.orderItemId, item.channel, [
      ['CASH', null, item.total],
      ['TAX', null, -item.tax],
      ...instructors,
      ['AFFILIATE', affiliateId, -sent],
      ['PLATFORM', null, -kept],
    ]);
  });
}

function shareOf(channel: RevenueChannel, shares: Shares): number {
  if (channel === 'OWN_COUPON') return shares.shareOwnCouponBasisPoints;
  return channel === 'AFFILIATE' ? shares.shareAffiliateBasisPoints : shares.shareOrganicBasisPoints;
}

function overCourses({ courses, sellerId }: SoldItem, amount: number): [userId: string, amount: number][] {
  if (courses.length === 0) return [[sellerId, amount]];
  const isPriced = courses.some(({ listPrice }) => listPrice > 0);
  const weights = courses.map(({ listPrice }) => (isPriced ? listPrice : 1));
  const parts = splitMoney(amount, weights);
  return courses.flatMap((course, place) => overPeople(course, parts[place] ?? 0));
}

function overPeople({ instructorId, others }: SoldCourse, amount: number): [userId: string, amount: number][] {
  const given = others.reduce((sum, { shareBasisPoints }) => sum + shareBasisPoints, 0);
  const [first = 0, ...rest] = splitMoney(amount, [whole - given, ...others.map(({ shareBasisPoints }) => shareBasisPoints)]);
  return [[instructorId, first], ...others.map(({ userId }, place): [string, number] => [userId, rest[place] ?? 0])];
}
