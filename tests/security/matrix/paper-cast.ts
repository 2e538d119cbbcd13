import type pg from 'pg';
import { newId } from '#platform/ids.ts';
import type { aPerson } from '../../support/courses.ts';
import { aSettledOrder } from '../../support/shop.ts';

/** Has a person buy something, with its invoice and a credit note, and gives the order's number. */
export async function invoicedOrderOf(owner: pg.Client, buyer: Awaited<ReturnType<typeof aPerson>>): Promise<string> {
  const order = await aSettledOrder({ owner }, { buyer });
  const invoiceId = newId();
  const party = { name: 'A name', address: '', country: null, taxId: null, email: '' };
  const snapshot = {
    locale: 'en',
    seller: party,
    buyer: { ...party, address: [] },
    orderNumber: order.number,
    orderedAt: '2026-05-04T09:00:00.000Z',
    paidAt: null,
    lines: [{ title: 'A course', quantity: 1, price: 4900, discount: 0, tax: 0, total: 4900 }],
    taxIncluded: true,
    originalAmount: 4900,
    subtotal: 4900,
    discount: 0,
    taxes: [],
    reverseCharge: false,
    note: '',
    corrects: null,
  };
  for (const [id, kind, series, corrects] of [
    [invoiceId, 'INVOICE', 'M-2026', null],
    [newId(), 'CREDIT_NOTE', 'N-2026', invoiceId],
  ])
    await owner.query(
      `insert into invoices (id, kind, series, number, order_id, corrects_invoice_id, currency, net, tax, total, snapshot)
       values ($1, $2, $3, 1, $4, $5, 'USD', 4900, 0, 4900, $6)`,
      [id, kind, series, order.id, corrects, snapshot],
    );
  return order.number;
}
