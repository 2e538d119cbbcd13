import { type Money, minorDigits } from '#platform/money.ts';

// Stripe counts in smallest units of its own: https://docs.stripe.com/currencies. All others have two decimals there, UGX and ISK too, whose decimals must be 00.
const wholeOnly = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
const inThousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
const hundredsOnly = new Set(['ISK', 'UGX']);

function stripeDigits(currency: string): number {
  if (wholeOnly.has(currency)) return 0;
  return inThousandths.has(currency) ? 3 : 2;
}

/** Stripe's steps: card networks know no third decimal, and two currencies have lost the decimals that Stripe still writes. */
function stepOf(currency: string): number {
  if (inThousandths.has(currency)) return 10;
  return hundredsOnly.has(currency) ? 100 : 1;
}

/** The amount as Stripe counts it; null where Stripe has no such amount, such as 1.005 KWD. */
export function amountAtStripe({ minor, currency }: Money): number | null {
  const amount = rescaled(minor, stripeDigits(currency) - minorDigits(currency));
  return amount !== null && amount % stepOf(currency) === 0 ? amount : null;
}

/** What Stripe counts, as an amount of the school; null where the school has no such amount, such as half a yen. */
export function moneyFromStripe(amount: number, stripeCurrency: string): Money | null {
  const currency = stripeCurrency.toUpperCase();
  const minor = rescaled(amount, minorDigits(currency) - stripeDigits(currency));
  return minor === null ? null : { minor, currency };
}

function rescaled(amount: number, byDigits: number): number | null {
  if (byDigits >= 0) return amount * 10 ** byDigits;
  const divisor = 10 ** -byDigits;
  return amount % divisor === 0 ? amount / divisor : null;
}
