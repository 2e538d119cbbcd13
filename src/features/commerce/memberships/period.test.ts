import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths, periodEndAfter } from './period.ts';

const at = (text: string) => new Date(`${text}T08:30:00.000Z`);
const anchors = fc.date({ min: at('2024-01-01'), max: at('2032-12-31'), noInvalidDate: true });

/** The ends of the first periods, each found from the end before. */
function ends(anchor: Date, interval: 'MONTH' | 'YEAR', count: number): string[] {
  const found: Date[] = [anchor];
  for (let step = 0; step < count; step += 1) found.push(periodEndAfter(anchor, interval, found.at(-1)!));
  return found.slice(1).map((end) => end.toISOString().slice(0, 10));
}

test('a membership begun on the 31st is paid on the last day of each month, and on the 31st where there is one', () => {
  expect(ends(at('2026-01-31'), 'MONTH', 5)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30']);
  expect(ends(at('2028-01-31'), 'MONTH', 2)).toEqual(['2028-02-29', '2028-03-31']);
});

test('a year begun on the 29th of February ends on the 28th, and on the 29th in a leap year', () => {
  expect(ends(at('2028-02-29'), 'YEAR', 4)).toEqual(['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']);
});

test('the hour of the day stays, over the turn of a year too', () => {
  expect(addMonths(at('2026-12-31'), 2).toISOString()).toBe('2027-02-28T08:30:00.000Z');
});

test('whatever the day it began, periods follow one another without a gap, none is shorter than 28 days or longer than its interval can be', () => {
  fc.assert(
    fc.property(anchors, fc.constantFrom('MONTH' as const, 'YEAR' as const), fc.nat(60), (anchor, interval, count) => {
      const step = interval === 'YEAR' ? 12 : 1;
      const [start, end] = [addMonths(anchor, count * step), addMonths(anchor, (count + 1) * step)];
      const inside = new Date((start.getTime() + end.getTime()) / 2);
      expect([periodEndAfter(anchor, interval, start), periodEndAfter(anchor, interval, inside)]).toEqual([end, end]);
      const days = (end.getTime() - start.getTime()) / 86_400_000;
      expect([days >= 28 * step, days <= (interval === 'YEAR' ? 366 : 31)]).toEqual([true, true]);
    }),
  );
});
