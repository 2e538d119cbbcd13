import { minorDigits } from '#platform/money.ts';
import { prices } from './course-filter.ts';

/** Where the bands of prices end, in minor units of the school's currency. */
export interface PriceSteps {
  currency: string;
  steps: number[];
}

/** The bands of prices in words: "Free", "Under $20", "$20 to $50", … */
export function pricesOf({ currency, steps }: PriceSteps): { value: string; label: string }[] {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 });
  const words = (step: number | undefined) => format.format((step ?? 0) / 10 ** minorDigits(currency));
  const [low, middle, high] = steps;
  const labels: Record<string, string> = {
    free: 'Free',
    low: `Under ${words(low)}`,
    middle: `${words(low)} to ${words(middle)}`,
    high: `${words(middle)} to ${words(high)}`,
    top: `${words(high)} and up`,
  };
  return Object.keys(prices).map((value) => ({ value, label: labels[value] ?? value }));
}
