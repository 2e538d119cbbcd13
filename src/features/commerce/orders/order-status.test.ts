import { expect, test } from 'vitest';
import { isSettled, mayBecome, type OrderStatus } from './order-status.ts';

const all: OrderStatus[] = ['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED', 'REFUNDED', 'PARTIALLY_REFUNDED'];

test.each<[OrderStatus, OrderStatus[]]>([
  ['PENDING', ['PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED']],
  ['PROCESSING', ['COMPLETED', 'FAILED', 'CANCELLED']],
  ['COMPLETED', ['REFUNDED', 'PARTIALLY_REFUNDED']],
  ['FAILED', ['COMPLETED']],
  ['CANCELLED', ['COMPLETED']],
  ['REFUNDED', []],
  ['PARTIALLY_REFUNDED', ['REFUNDED', 'PARTIALLY_REFUNDED']],
])('an order that is %s becomes nothing but %j', (from, ways) => {
  expect(all.filter((to) => mayBecome(from, to))).toEqual(ways);
});

test('what was settled never becomes anything that waits for money', () => {
  for (const from of all.filter(isSettled))
    for (const to of all.filter((status) => mayBecome(from, status))) expect(isSettled(to)).toBe(true);
});
