import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessUntil, type Facts, mayMembershipBecome, statusAt, withEnd, withFailure, withPayment, withWish } from './lifecycle.ts';
import { addDays, addMonths } from './period.ts';

const begun = new Date('2026-01-31T10:00:00Z');
const month = (count: number) => addMonths(begun, count);
const after = (count: number, days: number) => addDays(month(count), days);
const graceDays = 7;

const fresh: Facts = {
  periodStart: begun,
  periodEnd: month(1),
  trialEndsAt: null,
  failedAt: null,
  cancelAtPeriodEnd: false,
  toldAt: begun,
  endedAt: null,
};
const paid = (count: number) => ({ start: month(count), end: month(count + 1) });
const isOpen = (facts: Facts, now: Date) => now < accessUntil(facts, graceDays);

test('a failed payment leaves the courses open for the days of grace, and then ends the membership', () => {
  const failed = withFailure(fresh, after(1, 0));
  expect([statusAt(failed, after(1, 6), graceDays), isOpen(failed, after(1, 6))]).toEqual(['PAST_DUE', true]);
  expect([statusAt(failed, after(1, 7), graceDays), isOpen(failed, after(1, 7))]).toEqual(['EXPIRED', false]);
});

test('further failures do not make the grace longer', () => {
  const failed = withFailure(withFailure(fresh, after(1, 0)), after(1, 5));
  expect(accessUntil(failed, graceDays)).toEqual(after(1, 7));
});

test('a payment after all makes it active again, within the grace and after it', () => {
  const made = withPayment(withFailure(fresh, after(1, 0)), paid(1));
  for (const day of [3, 20]) expect([statusAt(made, after(1, day), graceDays), isOpen(made, after(1, day))]).toEqual(['ACTIVE', true]);
});

test('a failure that is told after the payment that mended it says nothing', () => {
  const mended = withPayment(fresh, paid(1));
  expect(statusAt(withFailure(mended, after(1, 0)), after(1, 3), graceDays)).toBe('ACTIVE');
});

test('a membership that its person cancels stays open to the end of what is paid, and not a day longer', () => {
  const cancelled = withWish(fresh, { cancels: true, at: after(0, 3) });
  expect([statusAt(cancelled, after(0, 20), graceDays), isOpen(cancelled, after(0, 20))]).toEqual(['ACTIVE', true]);
  expect([statusAt(cancelled, month(1), graceDays), isOpen(cancelled, month(1))]).toEqual(['CANCELLED', false]);
});

test('who resumes it before its end goes on as before', () => {
  const resumed = withWish(withWish(fresh, { cancels: true, at: after(0, 3) }), { cancels: false, at: after(0, 4) });
  expect([resumed.cancelAtPeriodEnd, statusAt(resumed, after(0, 20), graceDays)]).toEqual([false, 'ACTIVE']);
});

test('a trial becomes active with its first payment, and ends like any membership without one', () => {
  const trial = { ...fresh, periodEnd: after(0, 14), trialEndsAt: after(0, 14) };
  expect(statusAt(trial, after(0, 13), graceDays)).toBe('TRIALING');
  expect(statusAt(withPayment(trial, { start: after(0, 14), end: addMonths(after(0, 14), 1) }), after(0, 14), graceDays)).toBe('ACTIVE');
  expect(statusAt(withFailure(trial, after(0, 14)), after(0, 15), graceDays)).toBe('PAST_DUE');
  expect(statusAt(withWish(trial, { cancels: true, at: after(0, 1) }), after(0, 14), graceDays)).toBe('CANCELLED');
});

test('what the provider has ended is renewed by nothing, and what was paid stays open', () => {
  const ended = withPayment(withEnd(fresh, after(0, 5)), paid(1));
  expect([statusAt(ended, after(1, 5), graceDays), isOpen(ended, after(1, 5)), isOpen(ended, month(2))]).toEqual([
    'CANCELLED',
    true,
    false,
  ]);
});

type News = (facts: Facts) => Facts;
const count = fc.integer({ min: 1, max: 5 });
const moment = fc.integer({ min: 0, max: 170 * 24 }).map((hours) => new Date(begun.getTime() + hours * 3_600_000));
const news: fc.Arbitrary<News> = fc.oneof(
  {
    weight: 4,
    arbitrary: count.map(
      (number): News =>
        (facts) =>
          withPayment(facts, paid(number)),
    ),
  },
  {
    weight: 2,
    arbitrary: moment.map(
      (at): News =>
        (facts) =>
          withFailure(facts, at),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(moment, fc.boolean()).map(
      ([at, cancels]): News =>
        (facts) =>
          withWish(facts, { at, cancels }),
    ),
  },
  {
    weight: 1,
    arbitrary: moment.map(
      (at): News =>
        (facts) =>
          withEnd(facts, at),
    ),
  },
);
const told = (all: readonly News[]) => all.reduce((facts, tell) => tell(facts), fresh);

test('whatever the order in which renewals, failures, cancels, resumes and ends are told, and however often, the same is known in the end', () => {
  const lives = fc
    .array(news, { maxLength: 12 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)));
  fc.assert(
    fc.property(lives, ([all, shuffled, again]) => {
      expect(told([...shuffled, ...again])).toEqual(told(all));
    }),
  );
});

test('the courses are open for all that was paid and never for more than the grace beyond it; what it is called agrees, and follows the table', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(news, moment), { maxLength: 12 }), (happened) => {
      const inTime = [...happened].sort(([, one], [, other]) => one.getTime() - other.getTime());
      let facts = fresh;
      let status = statusAt(facts, begun, graceDays);
      for (const [tell, now] of inTime) {
        facts = tell(facts);
        const next = statusAt(facts, now, graceDays);
        expect([status, next, status === next || mayMembershipBecome(status, next)]).toEqual([status, next, true]);
        status = next;
        if (now < facts.periodEnd) expect(isOpen(facts, now)).toBe(true);
        if (now >= addDays(facts.periodEnd, graceDays)) expect(isOpen(facts, now)).toBe(false);
        const isOver = status === 'EXPIRED' || (status === 'CANCELLED' && now >= facts.periodEnd);
        expect([status, isOpen(facts, now)]).toEqual([status, !isOver]);
      }
    }),
  );
});
