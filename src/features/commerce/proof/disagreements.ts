import { isSettled } from '../orders/order-status.ts';
import type { OrderFacts } from './order-facts.ts';

/** Two books that do not say the same of an order. `books` names them, `said` is what each says. */
export interface Disagreement {
  books: string;
  said: Record<string, number | string>;
}

/** Where the books of one order do not agree; none where all is well. */
export function disagreements(facts: OrderFacts): Disagreement[] {
  const found = [...ofItems(facts), ...(isSettled(facts.status) ? ofSettled(facts) : ofUnsettled(facts))];
  if (facts.isMixed) found.push({ books: 'currency', said: {} });
  if (facts.ledger.all !== 0) found.push({ books: 'ledger', said: { sum: facts.ledger.all } });
  return found;
}

function ofItems({ items, subtotal, discount, tax, total }: OrderFacts): Disagreement[] {
  return [
    ...differing('order-items', { order: subtotal, items: items.price }),
    ...differing('order-items', { order: discount, items: items.discount }),
    ...differing('order-items', { order: tax, items: items.tax }),
    ...differing('order-items', { order: total, items: items.total }),
  ];
}

function ofUnsettled({ ledger, paid, refunded, status }: OrderFacts): Disagreement[] {
  // Money for an order that was given up lies with the school until somebody sends it back.
  return [
    ...differing('order-payments', { status, kept: 0, paid: paid - refunded }),
    ...differing('order-ledger', { status, order: 0, ledger: ledger.sold }),
  ];
}

function ofSettled(facts: OrderFacts): Disagreement[] {
  const { total, tax, paid, refunded, items, ledger, invoices, calledBack, grants, status } = facts;
  const whole = total > 0 && refunded === total;
  const expected = whole ? 'REFUNDED' : refunded > 0 ? 'PARTIALLY_REFUNDED' : 'COMPLETED';
  return [
    ...differing('order-payments', { order: total, payments: paid }),
    ...differing('order-ledger', { order: total, ledger: ledger.sold }),
    ...differing('order-ledger-tax', { order: tax, ledger: 0 - ledger.soldTax }),
    ...differing('refunds-items', { refunds: refunded, items: items.refunded }),
    ...differing('refunds-ledger', { refunds: refunded, ledger: 0 - ledger.refunded }),
    ...(status === expected ? [] : [{ books: 'refunds-status', said: { refunds: refunded, total, status } }]),
    ...differing('disputes-ledger', { disputes: calledBack.open + calledBack.lost, ledger: 0 - ledger.calledBack }),
    ...differing('disputes-waiting', { disputes: calledBack.open, ledger: ledger.waiting }),
    ...(total > 0 ? differing('order-invoice', { orders: 1, invoices: invoices.count }) : []),
    ...(invoices.count === 1 ? differing('order-invoice', { order: total, invoice: invoices.total }) : []),
    ...(invoices.count === 1 ? differing('order-invoice-tax', { order: tax, invoice: invoices.tax }) : []),
    ...differing('refunds-credit-notes', { refunds: refunded, creditNotes: invoices.credited }),
    ...grants.missing.map((item) => ({ books: 'grants', said: { item, access: 'missing' } })),
    ...grants.left.map((item) => ({ books: 'grants', said: { item, access: 'left after the refund' } })),
  ];
}

/** One disagreement where the two numbers differ. */
function differing(books: string, said: Record<string, number | string>): Disagreement[] {
  const [one, other] = Object.values(said).filter((value) => typeof value === 'number');
  return one === other ? [] : [{ books, said }];
}
