import type { Context } from '#platform/context.ts';
import { typedMoney } from '#platform/money.ts';
import { readMonth } from '../books/month.ts';
import { csvOf } from '../csv.ts';
import { requireReader, statementPieces } from './statement-page.ts';

const columns = ['date', 'what', 'order', 'product', 'channel', 'currency', 'sold for', 'amount'];

/** The statement of the acting person as CSV: of one month, or all of it. */
export function exportStatement(ctx: Context, input: { month?: string | null }): AsyncGenerator<string> {
  requireReader(ctx);
  return csvOf(
    columns,
    statementPieces(ctx, readMonth(input.month)),
    ({ at, kind, orderNumber, product, channel, currency, soldFor, amount }) => [
      at.toISOString(),
      kind,
      orderNumber,
      product,
      channel?.toLowerCase().replace('_', ' ') ?? null,
      currency,
      soldFor === null ? null : typedMoney({ minor: soldFor, currency }, 'en'),
      typedMoney({ minor: amount, currency }, 'en'),
    ],
  );
}
