import type { Context } from '#platform/context.ts';
import { typedMoney } from '#platform/money.ts';
import { asBookkeeper } from '../books/bookkeeper.ts';
import { csvOf } from '../csv.ts';
import { payoutPieces } from './payouts-page.ts';

const columns = ['month', 'name', 'username', 'email', 'currency', 'amount', 'status', 'reference', 'made', 'paid', 'id'];

/** Every payout as CSV, for the bank and for the school’s own accounts. */
export function exportPayouts(ctx: Context): AsyncGenerator<string> {
  return csvOf(columns, payoutPieces(asBookkeeper(ctx)), (payout) => [
    payout.month,
    payout.name,
    payout.username,
    payout.email,
    payout.currency,
    typedMoney({ minor: payout.amount, currency: payout.currency }, 'en'),
    payout.status.toLowerCase(),
    payout.reference,
    payout.madeAt.toISOString(),
    payout.paidAt?.toISOString() ?? null,
    payout.id,
  ]);
}
