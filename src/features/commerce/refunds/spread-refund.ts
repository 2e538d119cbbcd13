import { splitMoney } from '#platform/money.ts';

/** An item of an order as a refund sees it, in minor units. */
export interface RefundableItem {
  id: string;
  title: string;
  total: number;
  /** The part of the total that is tax. */
  tax: number;
  /** What went back already. */
  refunded: number;
  /** What is on its way back. */
  waiting: number;
}

/** What may still be given back for an item. */
export function leftOf({ total, refunded, waiting }: RefundableItem): number {
  return total - refunded - waiting;
}

/** How an amount that names no item falls on all of them: in proportion to what is left of each, so that none gives back more than it cost. */
export function spreadRefund(items: readonly RefundableItem[], amount: number): { itemId: string; amount: number }[] {
  const parts = splitMoney(amount, items.map(leftOf));
  return items.map(({ id }, index) => ({ itemId: id, amount: parts[index] ?? 0 })).filter((part) => part.amount > 0);
}

/** The tax in the next part of an item that goes back. Parts that add up to the whole item have exactly its tax. */
export function taxOfPart({ total, tax, refunded }: Pick<RefundableItem, 'total' | 'tax' | 'refunded'>, amount: number): number {
  const within = (part: number) => splitMoney(part, [tax, total - tax])[0] ?? 0;
  return within(refunded + amount) - within(refunded);
}
