import { statement } from '#platform/database/statement.ts';
import { type PersonalData, personalTable } from '#platform/personal-data.server.ts';
import { leaveMemberships } from './memberships/leave-memberships.ts';
import { leaveOrders } from './orders/leave-orders.ts';

const product = 'select name from products where products.id = row.product_id';
const productOfItem = 'select title from order_items where order_items.id = row.order_item_id';
const ofMyOrder = 'exists (select from orders where orders.id = row.order_id and orders.user_id = $1::uuid)';
const ofMyPayment = 'exists (select from payments where payments.id = row.payment_id and payments.user_id = $1::uuid)';
/** Nobody else ever saw them. */
const deleteWishes = statement<unknown, [userId: string]>('delete from wishlist_items where user_id = $1::uuid');

/** What commerce keeps of a person. Books outlive an account; what somebody only wished for does not. */
export const commercePersonalData: PersonalData = {
  feature: 'commerce',
  tables: [
    personalTable('wishlist_items', { about: 'The courses on your wishlist.', owner: 'user_id', adding: { product } }),
    personalTable('cart_items', { about: 'What lies in your cart.', owner: 'user_id', adding: { product } }),
    personalTable('orders', { about: 'What you ordered.', owner: 'user_id', without: ['checkout_key'] }),
    personalTable('order_items', { about: 'The things in your orders.', where: ofMyOrder }),
    personalTable('payments', { about: 'How you paid.', owner: 'user_id', without: ['session_id', 'raw_reference'] }),
    personalTable('refunds', { about: 'What you got back.', where: ofMyPayment, without: ['created_by_id'] }),
    personalTable('disputes', { about: 'Payments that your bank called back.', where: ofMyPayment }),
    personalTable('gifts', {
      about: 'What you gave and what you were given.',
      owner: 'redeemed_by_id',
      without: ['code'],
      adding: { product: productOfItem },
    }),
    personalTable('team_seats', {
      about: 'Seats that a team gave you.',
      owner: 'accepted_by_id',
      without: ['token'],
      adding: { product: productOfItem },
    }),
    personalTable('invoices', { about: 'Your invoices.', where: ofMyOrder }),
    personalTable('subscriptions', { about: 'Your memberships.', owner: 'user_id' }),
    personalTable('coupon_redemptions', { about: 'The coupons you used.', owner: 'user_id' }),
    personalTable('products', { about: 'What is sold that is yours.', owner: 'owner_id' }),
    personalTable('coupons', {
      about: 'The coupons you made, or that are yours.',
      owner: ['created_by_id', 'instructor_id'],
      without: ['code'],
    }),
    personalTable('ledger_entries', { about: 'What the books say of your earnings.', owner: 'user_id' }),
    personalTable('payouts', { about: 'What was paid out to you.', owner: 'instructor_id' }),
  ],
  leftOut: {
    'refunds.created_by_id': 'The refund is of the person who gets the money; who gave it is in the audit log.',
    refund_items: 'How a refund falls on the items of its order: refunds and items, which say what went back, are handed out.',
    coupon_products: 'Which products a coupon covers: it belongs to the coupon.',
    'orders.affiliate_id': 'The order is of the person who bought; what the sender got is in their books.',
    'shop_alarms.resolved_by_id': 'What staff looked at is in the audit log.',
    shop_alarms: 'What the school had to look at about payments: it names orders, and the orders are handed out.',
    number_series: 'The numbers that invoices have reached.',
    webhook_events: 'What payment providers told the school about payments: it names orders, and the orders are handed out.',
  },
  forget: async (ctx, { id }) => {
    await ctx.db.sql(deleteWishes, id);
    await leaveOrders(ctx, { userId: id });
    await leaveMemberships(ctx, { userId: id });
  },
};
