import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { asBookkeeper } from '../books/bookkeeper.ts';
import { type Division, linesBy, type Measures, type ReportLine, totalsIn } from './measures.ts';
import { momentsOf, type Range, rangeBefore, readRange } from './range.ts';

/** What was sold in a range of days, how that compares, and by what it is divided. Currencies are never added up. */
export interface ReportPage {
  range: Range;
  compare: 'previous' | 'year';
  compared: Range;
  division: Division;
  totals: { now: Measures; before: Measures | null }[];
  lines: ReportLine[];
  /** Whether there are more lines than the page shows; the file has all. */
  isCut: boolean;
}

/** What may be asked of a report; all of it may come from an old address and mean nothing. */
export interface ReportWish {
  from?: string | null;
  to?: string | null;
  compare?: string | null;
  by?: string | null;
}

const mostLines = 200;
const nothing = { orders: 0, sold: 0, refunded: 0, tax: 0, shared: 0, kept: 0 };

/** A report for whoever keeps the books. Three queries, each of which reads the entries of its days and nothing else. */
export async function reportPage(ctx: Context, wish: ReportWish): Promise<ReportPage> {
  const school = asBookkeeper(ctx);
  const range = readRange(wish, ctx.now);
  const compare = wish.compare === 'year' ? 'year' : 'previous';
  const compared = rangeBefore(range, compare);
  const division = divisionOf(wish.by);
  const [now, before, lines] = await asActor(school, (sql) =>
    Promise.all([
      sql(totalsIn, ...momentsOf(range)),
      sql(totalsIn, ...momentsOf(compared)),
      sql(linesBy[division], ...momentsOf(range), mostLines + 1),
    ]),
  );
  const currencies = [...new Set([...now, ...before].map(({ currency }) => currency))].sort();
  const totals = currencies.map((currency) => ({
    now: now.find((one) => one.currency === currency) ?? { currency, ...nothing },
    before: before.find((one) => one.currency === currency) ?? null,
  }));
  return { range, compare, compared, division, totals, lines: lines.slice(0, mostLines), isCut: lines.length > mostLines };
}

/** The lines of a report, all of them, as one piece; for the school. */
export async function* reportPieces(school: Context, wish: ReportWish): AsyncGenerator<ReportLine[]> {
  const range = readRange(wish, school.now);
  yield await asActor(school, (sql) => sql(linesBy[divisionOf(wish.by)], ...momentsOf(range), null));
}

function divisionOf(by: string | null | undefined): Division {
  return by && Object.hasOwn(linesBy, by) ? (by as Division) : 'time';
}
