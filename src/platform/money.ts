/** An amount in the currency's minor unit (cents, yen, fils). Amounts are integers; only this file rounds. */
export interface Money {
  minor: number;
  /** ISO 4217 code in capitals. */
  currency: string;
}

/** What an integer column holds. */
export const largestMinor = 2_147_483_647;

interface Writer {
  digits: number;
  write(amount: number): string;
}

const writers = new Map<string, Writer>();

/** A page writes many amounts in one way, and making what writes them costs more than the rest of a cart: it is made once. */
function writerFor(currency: string, locale: string): Writer {
  const way = `${currency} ${locale}`;
  const known = writers.get(way);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const made = { digits: format.resolvedOptions().maximumFractionDigits ?? 2, write: (amount: number) => format.format(amount) };
  // Locales come from browsers, whose words have no end.
  if (writers.size >= mostWriters) writers.clear();
  writers.set(way, made);
  return made;
}

const mostWriters = 200;

/** Decimal digits of the currency's minor unit by ISO 4217, as the runtime's CLDR data knows them: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return writerFor(currency, 'en').digits;
}

/** The amount as people of the locale write it. */
export function formatMoney(money: Money, locale: string): string {
  const { digits, write } = writerFor(money.currency, locale);
  return write(money.minor / 10 ** digits);
}

/** The amount as a person writes it into a form: "1234.50" in English, "1234,50" in German; no sign of the currency, nothing between the thousands. */
export function typedMoney(money: Money, locale: string): string {
  const digits = minorDigits(money.currency);
  const format = { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits, numberingSystem: 'latn' } as const;
  return new Intl.NumberFormat(locale, format).format(money.minor / 10 ** digits);
}

/**
 * What a person of the locale wrote, as an amount; null for what is none, or has more decimals than the currency. Spaces and apostrophes are passed over. Another
 * locale's signs are understood where they leave no doubt: "12,50" in English is, "1,234" is the thousands of English.
 */
export function parseMoney(text: string, currency: string, locale: string): Money | null {
  const digits = minorDigits(currency);
  const compact = text.normalize('NFKC').replace(/[\s'’]/g, '');
  const point = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value;
  const [own, other] = point === ',' ? [',', '.'] : ['.', ','];
  const parts = wholeAndDecimals(compact, own, other, digits, false) ?? wholeAndDecimals(compact, other, own, digits, true);
  if (!parts) return null;
  const minor = Number(parts.whole + parts.decimals.padEnd(digits, '0'));
  return minor <= largestMinor ? { minor, currency } : null;
}

function wholeAndDecimals(text: string, point: string, thousands: string, digits: number, needsDecimals: boolean) {
  const grouped = `\\d{1,3}(?:\\${thousands}\\d{2,3})*\\${thousands}\\d{3}`;
  const decimals = digits === 0 ? '()' : `(?:\\${point}(\\d{1,${digits}}))`;
  const [found, whole = '', rest = ''] = new RegExp(`^(\\d+|${grouped})${decimals}${needsDecimals ? '' : '?'}$`).exec(text) ?? [];
  return found === undefined || (needsDecimals && rest === '') ? undefined : { whole: whole.replaceAll(thousands, ''), decimals: rest };
}

/** Every currency that the runtime knows by its code and name in the locale, in the order of their codes. */
export function currencies(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ code, name: names.of(code) ?? code }));
}

/** Whether the runtime knows a currency of this code. */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code);
}

/** Part of an amount by a rate in basis points (1/100 of a percent), rounded half away from zero. */
export function applyRate(minor: number, rateBasisPoints: number): number {
  const exact = minor * rateBasisPoints;
  return Math.sign(exact) * Math.round(Math.abs(exact) / 10_000);
}

/**
 * Splits an amount by weights so that the parts add up to it exactly: each part is rounded down and the rest goes, one minor unit at a
 * time, to the parts with the largest remainders (Hamilton's method). With no weight above zero, everything goes to the first part.
 */
export function splitMoney(minor: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const sign = minor < 0 ? -1n : 1n;
  const amount = BigInt(Math.abs(minor));
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map((_, index) => (index === 0 ? minor : 0));
  const shares = weights.map((weight, index) => ({
    index,
    floor: (amount * BigInt(weight)) / total,
    rest: (amount * BigInt(weight)) % total,
  }));
  let left = amount - shares.reduce((sum, share) => sum + share.floor, 0n);
  for (const share of [...shares].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break;
    share.floor += 1n;
    left -= 1n;
  }
  return shares.map((share) => Number(sign * share.floor));
}

/** The tax that an amount already holds, by its rate in basis points, rounded half away from zero. */
export function rateWithin(minor: number, rateBasisPoints: number): number {
  const exact = (Math.abs(minor) * rateBasisPoints) / (10_000 + rateBasisPoints);
  return Math.sign(minor) * Math.round(exact);
}
