import { statement } from '#platform/database/statement.ts';
import type { Disagreement } from './disagreements.ts';

/** What the ledger says of one payout. */
export interface PayoutFacts {
  payoutId: string;
  person: string;
  status: 'PENDING' | 'PAID' | 'FAILED' | 'CANCELLED';
  amount: number;
  all: number;
  /** What was taken from the person's accounts. */
  taken: number;
  /** What is on its way. */
  waiting: number;
  sent: number;
}

export const payoutsAfter = statement<PayoutFacts, [after: string, limit: number]>(`
  select p.id as "payoutId", p.instructor_id as person, p.status, p.amount, coalesce(sum(l.amount), 0) as all,
         coalesce(sum(l.amount) filter (where l.user_id = p.instructor_id), 0) as taken,
         coalesce(-sum(l.amount) filter (where l.account = 'PAYOUTS'), 0) as waiting,
         coalesce(-sum(l.amount) filter (where l.account = 'CASH'), 0) as sent
    from (select * from payouts where id > $1::uuid order by id limit $2) p left join ledger_entries l on l.payout_id = p.id and l.currency = p.currency
   group by p.id, p.instructor_id, p.status, p.amount order by p.id`);

/** Where the ledger does not say of a payout what its state says. */
export function payoutDisagreements({ status, amount, all, taken, waiting, sent }: PayoutFacts): Disagreement[] {
  const isOut = status === 'PENDING' || status === 'PAID';
  const expected = { taken: isOut ? amount : 0, waiting: status === 'PENDING' ? amount : 0, sent: status === 'PAID' ? amount : 0 };
  const agrees = all === 0 && taken === expected.taken && waiting === expected.waiting && sent === expected.sent;
  return agrees ? [] : [{ books: 'payout-ledger', said: { status, amount, taken, waiting, sent } }];
}
