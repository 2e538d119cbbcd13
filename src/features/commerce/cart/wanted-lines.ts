import type { RunStatement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { isCurrency } from '#platform/money.ts';
import { linesOf, type PricedLine, type WantedItem } from '../products/priced-lines.ts';
import { productRows } from '../products/product-rows.ts';

export interface WantedRequest {
  items: readonly WantedItem[];
  /** What a browser's cookie names besides. */
  guestProductIds: readonly string[];
  /** Looked up as well, and not bought. */
  besides?: string | null;
  /** The currency that the buyer chose, and the school's own. */
  chosen: string | null;
  own: string;
  buyerId: string | null;
  now: Date;
}

/** What somebody means to buy, at the prices of one currency. */
export interface WantedLines {
  /** Without what is there no longer. */
  items: WantedItem[];
  lines: PricedLine[];
  currency: string;
  /** In which all of it can be paid, and the one that was chosen; the school's own first. */
  currencies: string[];
  titles: Map<string, string>;
}

/** Prices what somebody means to buy. The cart and its checkout both ask here, so that they never differ. One query. */
export async function wantedLines(run: RunStatement, request: WantedRequest): Promise<WantedLines> {
  const wanted = withBrought(request.items, request.guestProductIds);
  const ids = [...wanted.map(({ productId }) => productId), request.besides ?? ''].filter(isId);
  const rows = ids.length > 0 ? await productRows(run, { ids, buyerId: request.buyerId, now: request.now }) : [];
  const items = wanted.filter((item) => rows.some(({ productId }) => productId === item.productId));
  const sold = rows.filter(({ productId, isSold }) => isSold && items.some((item) => item.productId === productId));
  const { currency, currencies } = currencyOf(
    sold.map(({ prices }) => prices.map((price) => price.currency)),
    request.chosen,
    request.own,
  );
  const titles = new Map(rows.map(({ productId, title }) => [productId, title]));
  return { items, lines: linesOf(rows, items, currency, request.now), currency, currencies, titles };
}

function withBrought(items: readonly WantedItem[], guestProductIds: readonly string[]): WantedItem[] {
  const known = new Set(items.map(({ productId }) => productId));
  const brought = guestProductIds.filter((id) => isId(id) && !known.has(id));
  return [...items, ...brought.map((productId) => ({ productId, quantity: 1, isGift: false }))];
}

/** The chosen currency, else the school's, else one that everything has. */
export function currencyOf(
  ofThings: readonly (readonly string[])[],
  chosen: string | null,
  own: string,
): { currency: string; currencies: string[] } {
  const [first = [], ...others] = ofThings;
  const shared = [...new Set(first)].filter((currency) => others.every((currencies) => currencies.includes(currency)));
  const isOffered = (currency: string) => ofThings.some((currencies) => currencies.includes(currency));
  const wanted = chosen && isCurrency(chosen) && isOffered(chosen) ? chosen : null;
  const currency = wanted ?? (shared.includes(own) || shared.length === 0 ? own : shared.sort()[0]!);
  const rest = [...new Set([...shared, currency])].filter((other) => other !== own).sort();
  return { currency, currencies: shared.includes(own) || currency === own ? [own, ...rest] : rest };
}
