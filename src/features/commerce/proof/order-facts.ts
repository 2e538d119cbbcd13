import { statement } from '#platform/database/statement.ts';
import type { OrderStatus } from '../orders/order-status.ts';

/** What every book says of one order, side by side. Amounts are minor units; those of the ledger are signed as `books/entry.ts` says. */
export interface OrderFacts {
  orderId: string;
  number: string;
  status: OrderStatus;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
  /** Whether payments, refunds, invoices or entries of it are in another currency. */
  isMixed: boolean;
  items: { count: number; price: number; discount: number; tax: number; total: number; refunded: number };
  paid: number;
  refunded: number;
  /** Money that the banks have called back: still open, and lost. */
  calledBack: { open: number; lost: number };
  ledger: { all: number; sold: number; soldTax: number; refunded: number; calledBack: number; waiting: number };
  invoices: { count: number; tax: number; total: number; credited: number };
  /** Items that should open something and do not, and items that went back and still do. */
  grants: { missing: string[]; left: string[] };
}

/** The next orders after one, by their ids. */
export const ordersAfter = statement<{ id: string }, [after: string, limit: number]>(
  'select id from orders where id > $1::uuid order by id limit $2',
);

const sumOf = (what: string, where = 'true') => `coalesce(sum(${what}) filter (where ${where}), 0)`;
const ofPosting = (kind: string, account: string) => sumOf('amount', `posting like '${kind}:%' and account = '${account}'`);

// An item opens something where one person bought it for themself; a gift is opened by its code, seats by invitations, and a membership by its own grants.
const opensSomething = `i.quantity = 1 and not i.is_gift and p.type in ('COURSE', 'BUNDLE')`;
const isTakenBack = `i.refunded_amount = i.total and i.total > 0`;
const isCalledBack = `exists (select from payments q join disputes d on d.payment_id = q.id where q.order_id = i.order_id and d.status <> 'WON')`;
const lives = `exists (select from access_grants g where g.order_item_id = i.id and g.revoked_at is null)`;

export const factsOf = statement<OrderFacts, [orderIds: string[]]>(`
  select o.id as "orderId", o.order_number as number, o.status, o.subtotal, o.discount, o.tax, o.total,
         exists (select from payments x where x.order_id = o.id and x.status in ('PAID', 'REFUNDED') and x.currency <> o.currency)
           or exists (select from payments x join refunds r on r.payment_id = x.id where x.order_id = o.id and r.currency <> o.currency)
           or exists (select from invoices x where x.order_id = o.id and x.currency <> o.currency)
           or exists (select from ledger_entries x where x.order_id = o.id and x.currency <> o.currency) as "isMixed",
         (select json_build_object('count', count(*), 'price', ${sumOf('price')}, 'discount', ${sumOf('discount')}, 'tax', ${sumOf('tax')},
                                   'total', ${sumOf('total')}, 'refunded', ${sumOf('refunded_amount')})
            from order_items where order_id = o.id) as items,
         (select ${sumOf('amount')} from payments where order_id = o.id and status in ('PAID', 'REFUNDED')) as paid,
         (select ${sumOf('r.amount')} from payments x join refunds r on r.payment_id = x.id where x.order_id = o.id and r.status = 'SUCCEEDED') as refunded,
         (select json_build_object('open', ${sumOf('d.amount', `d.status = 'OPEN'`)}, 'lost', ${sumOf('d.amount', `d.status = 'LOST'`)})
            from payments x join disputes d on d.payment_id = x.id where x.order_id = o.id) as "calledBack",
         (select json_build_object('all', ${sumOf('amount')}, 'sold', ${ofPosting('sale', 'CASH')}, 'soldTax', ${ofPosting('sale', 'TAX')},
                                   'refunded', ${ofPosting('refund', 'CASH')}, 'calledBack', ${ofPosting('dispute', 'CASH')},
                                   'waiting', ${sumOf('amount', `account = 'REFUNDS'`)})
            from ledger_entries where order_id = o.id) as ledger,
         (select json_build_object('count', count(*) filter (where kind = 'INVOICE'), 'tax', ${sumOf('tax', `kind = 'INVOICE'`)},
                                   'total', ${sumOf('total', `kind = 'INVOICE'`)}, 'credited', ${sumOf('total', `kind = 'CREDIT_NOTE'`)})
            from invoices where order_id = o.id) as invoices,
         (select json_build_object(
                   'missing', coalesce(json_agg(i.title order by i.id) filter (where ${opensSomething} and o.status <> 'REFUNDED' and not (${isTakenBack}) and not ${isCalledBack} and not ${lives}), '[]'),
                   'left', coalesce(json_agg(i.title order by i.id) filter (where ${isTakenBack} and ${lives}), '[]'))
            from order_items i join products p on p.id = i.product_id where i.order_id = o.id) as grants
    from orders o where o.id = any ($1::uuid[]) order by o.id`);
