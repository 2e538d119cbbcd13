import type pg from 'pg';
import { newId } from '#platform/ids.ts';
import { keptToken } from '../../../src/features/commerce/seats/token.ts';
import type { aPerson } from '../../support/courses.ts';
import { aProductOf, aSettledOrder } from '../../support/shop.ts';

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
