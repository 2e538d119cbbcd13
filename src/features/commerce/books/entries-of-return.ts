import { splitMoney } from '#platform/money.ts';
import type { RevenueChannel } from './channel.ts';
import { type Entry, type LedgerAccount, linesOf } from './entry.ts';

/** What one account still has of a sale: what it got less what was taken back. */
export interface Given {
  orderItemId: string | null;
  channel: RevenueChannel | null;
  account: 'TAX' | 'INSTRUCTOR' | 'AFFILIATE' | 'PLATFORM';
  userId: string | null;
  /** Minor units, never below zero. */
  left: number;
}

/** Money that goes back for one item, or for whatever is left of the order. */
export interface ReturnedPart {
  orderItemId: string | null;
  amount: number;
  /** The part that is tax, where a credit note says it; else in proportion. */
  tax?: number;
}

/**
 * What money that goes back writes into the books: each account gives back of what it still has, in proportion, so that parts in any number end at exactly the
 * reverse of the sale and no account ever gives back more than it got. What goes beyond the sale is the school's loss. `from` is where the money leaves.
 */
export function entriesOfReturn({ given, parts, from }: { given: Given[]; parts: ReturnedPart[]; from: 'CASH' | 'REFUNDS' }): Entry[] {
  const left = given.map((one) => ({ ...one }));
  return parts
    .flatMap((part) => (part.orderItemId === null ? overItems(left, part.amount) : [part]))
    .flatMap((part) => {
      const own = left.filter(({ orderItemId }) => orderItemId === part.orderItemId);
      const amount = Math.min(part.amount, sumOf(own));
      const taken = takenFrom(own, amount, part.tax);
      for (const [place, one] of own.entries()) one.left -= taken[place] ?? 0;
      const lines = own.map(({ account, userId }, place): [LedgerAccount, string | null, number] => [account, userId, taken[place] ?? 0]);
      return linesOf(part.orderItemId, own[0]?.channel ?? null, [
        [from, null, -part.amount],
        ...lines,
        ['FEES', null, part.amount - amount],
      ]);
    });
}

/** Over the items by what is left of each; what is beyond them belongs to none. */
function overItems(left: Given[], amount: number): ReturnedPart[] {
  const items = [...new Set(left.map(({ orderItemId }) => orderItemId))].map((orderItemId) => ({
    orderItemId,
    left: sumOf(left.filter((one) => one.orderItemId === orderItemId)),
  }));
  const within = Math.min(amount, sumOf(items));
  const parts = splitMoney(
    within,
    items.map((item) => item.left),
  );
  const own = items.map(({ orderItemId }, place) => ({ orderItemId, amount: parts[place] ?? 0 }));
  return [...own, { orderItemId: null, amount: amount - within }].filter((part) => part.amount > 0);
}

function takenFrom(own: Given[], amount: number, tax: number | undefined): number[] {
  const taxLeft = sumOf(own.filter(({ account }) => account === 'TAX'));
  const fits = tax !== undefined && tax <= taxLeft && amount - tax <= sumOf(own) - taxLeft;
  if (!fits)
    return splitMoney(
      amount,
      weights(own, () => true),
    );
  const taxes = splitMoney(
    tax,
    weights(own, ({ account }) => account === 'TAX'),
  );
  const others = splitMoney(
    amount - tax,
    weights(own, ({ account }) => account !== 'TAX'),
  );
  return own.map((_, place) => (taxes[place] ?? 0) + (others[place] ?? 0));
}

function weights(own: Given[], counts: (one: Given) => boolean): number[] {
  return own.map((one) => (counts(one) ? one.left : 0));
}

function sumOf(amounts: { left: number }[]): number {
  return amounts.reduce((sum, { left }) => sum + left, 0);
}
