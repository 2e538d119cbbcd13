import { statement } from '#platform/database/statement.ts';

/**
 * Holds somebody's buying until the transaction ends: of two orders that they place or pay at once, the second sees what became of the first. Held before any coupon; and
 * who holds it waits for no order that is there already.
 */
export const holdBuyer = statement<unknown, [buyerId: string]>(
  `select pg_advisory_xact_lock(hashtextextended('purchases of ' || $1::text, 0))`,
);
