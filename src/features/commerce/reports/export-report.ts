import type { Context } from '#platform/context.ts';
import { typedMoney } from '#platform/money.ts';
import { asBookkeeper } from '../books/bookkeeper.ts';
import { csvOf } from '../csv.ts';
import { type ReportWish, reportPieces } from './report-page.ts';

const columns = ['what', 'detail', 'currency', 'orders', 'sold', 'refunded', 'tax', 'instructors and affiliates', 'school'];

/** A report as CSV: what its page shows, and all of its lines. */
export function exportReport(ctx: Context, wish: ReportWish): AsyncGenerator<string> {
  return csvOf(columns, reportPieces(asBookkeeper(ctx), wish), ({ label, detail, currency, orders, ...amounts }) => [
    label,
    detail,
    currency,
    orders,
    ...[amounts.sold, amounts.refunded, amounts.tax, amounts.shared, amounts.kept].map((minor) => typedMoney({ minor, currency }, 'en')),
  ]);
}
