import type { RevenueChannel } from './channel.ts';

/**
 * One line of the books. A positive amount is what the school has or has lost (CASH, FEES, money called back in REFUNDS), a negative one is what it owes or has
 * earned (TAX for the state, INSTRUCTOR and AFFILIATE for people, PAYOUTS on their way, PLATFORM for itself). So the lines of whatever happens sum to zero:
 *
 *     a sale          CASH +119, TAX −19, INSTRUCTOR −70, PLATFORM −30
 *     a refund        the same with the signs turned, in proportion to what is given back
 *     called back     CASH −119, REFUNDS +119 while the bank decides; won: turned; lost: REFUNDS −119 and what the sale gave comes back, as in a refund
 *     a payout made   INSTRUCTOR +70, PAYOUTS −70; paid: PAYOUTS +70, CASH −70; failed or cancelled: turned
 *
 * FEES takes what the school loses beyond what a sale has brought.
 */
export interface Entry {
  account: LedgerAccount;
  /** Whose account; set exactly for INSTRUCTOR and AFFILIATE. */
  userId: string | null;
  orderItemId: string | null;
  channel: RevenueChannel | null;
  /** Minor units. */
  amount: number;
}

export type LedgerAccount = 'CASH' | 'PLATFORM' | 'INSTRUCTOR' | 'TAX' | 'REFUNDS' | 'FEES' | 'PAYOUTS' | 'AFFILIATE';

/** Lines of one item, one for each account and person, without those of nothing. */
export function linesOf(
  orderItemId: string | null,
  channel: RevenueChannel | null,
  amounts: [LedgerAccount, string | null, number][],
): Entry[] {
  const sums = new Map<string, Entry>();
  for (const [account, userId, amount] of amounts) {
    const line = sums.get(`${account} ${userId}`) ?? { account, userId, orderItemId, channel, amount: 0 };
    sums.set(`${account} ${userId}`, { ...line, amount: line.amount + amount });
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0);
}
