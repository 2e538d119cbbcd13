/** How often a membership is paid. */
export type Interval = 'MONTH' | 'YEAR';

const dayMs = 86_400_000;

/** A moment so many days later. */
export function addDays(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * dayMs);
}

/** A moment so many months later, in UTC: where that month has no such day, its last one. */
export function addMonths(moment: Date, months: number): Date {
  const month = moment.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(moment.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const later = new Date(moment);
  later.setUTCFullYear(moment.getUTCFullYear(), month, Math.min(moment.getUTCDate(), lastDay));
  return later;
}

/**
 * The end of the period that begins at or lies around a moment. Periods are counted from the first day of the membership and not from one another, so that one begun on
 * the 31st ends on the last day of February and on the 31st of March again.
 */
export function periodEndAfter(anchor: Date, interval: Interval, moment: Date): Date {
  const step = interval === 'YEAR' ? 12 : 1;
  const months = (moment.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + moment.getUTCMonth() - anchor.getUTCMonth();
  let count = Math.max(1, Math.floor(months / step));
  while (addMonths(anchor, count * step) <= moment) count += 1;
  return addMonths(anchor, count * step);
}
