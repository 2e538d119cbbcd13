import type pg from 'pg';
import { newId } from '#platform/ids.ts';
import { keptToken } from '../../../src/features/commerce/seats/token.ts';
import type { aPerson } from '../../support/courses.ts';
import { aProductOf, aSettledOrder } from '../../support/shop.ts';
import { aWaitingOrder, keepSession } from '../../support/waiting-order.ts';

/** What a person has bought for others: a gift that nobody has redeemed, and seats of a team with one invitation. */
export interface HandedOut {
  orderNumber: string;
  giftCode: string;
  seatToken: string;
}

/** Has a person buy a gift and seats, in one order. */
export async function handedOutBy(owner: pg.Client, buyer: Awaited<ReturnType<typeof aPerson>>): Promise<HandedOut> {
  const items = [
    { product: await aProductOf({ owner }), isGift: true },
    { product: await aProductOf({ owner }), quantity: 3 },
  ];
  const order = await aSettledOrder({ owner }, { buyer, items });
  const [giftCode, seatToken] = ['7K3M-9PXA-20QD-4VHT', 'the-secret-of-a-link-to-a-seat'];
  await owner.query('insert into gifts (id, order_item_id, code) values ($1, $2, $3)', [newId(), order.items[0]!.id, giftCode]);
  await owner.query('insert into team_seats (id, order_item_id, number, email, token) values ($1, $2, 1, $3, $4)', [
    newId(),
    order.items[1]!.id,
    'invited@school.test',
    keptToken(seatToken),
  ]);
  return { orderNumber: order.number, giftCode, seatToken };
}

/** What a person has ordered and not paid: an order to be given up, and one that is at the demo provider. */
export interface Unpaid {
  orderNumber: string;
  demoSession: string;
}

/** Has a person order twice, and pay nothing. */
export async function unpaidOf(owner: pg.Client, buyer: Awaited<ReturnType<typeof aPerson>>): Promise<Unpaid> {
  const [order, atDemo] = [
    await aWaitingOrder({ owner }, { provider: 'demo', buyer }),
    await aWaitingOrder({ owner }, { provider: 'demo', buyer }),
  ];
  const demoSession = `demo_${atDemo.id}`;
  await keepSession({ owner }, atDemo.id, demoSession);
  return { orderNumber: order.number, demoSession };
}

/** Tells the school of something about its payments, and gives the alarm's id. */
export async function anAlarm(owner: pg.Client): Promise<string> {
  const id = newId();
  await owner.query("insert into shop_alarms (id, key, kind, raised_at) values ($1, $2, 'webhook-refused', now())", [
    id,
    `webhook-refused:${id}`,
  ]);
  return id;
}
