import { keepStripeCustomer, stripeCustomerOf } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { PayableOrder } from '../provider.ts';
import { askStripe, isMissing, isStripeError } from './client.ts';

type Buyer = PayableOrder['buyer'];

/**
 * Does something with the buyer's customer at Stripe, made when it is first needed. One that Stripe does not know anymore, because it was deleted there or the
 * school has changed from test to live keys, is made anew.
 */
export async function withCustomer<Result>(ctx: Context, buyer: Buyer, work: (customerId: string) => Promise<Result>): Promise<Result> {
  const known = await stripeCustomerOf(ctx, buyer);
  const customerId = known ?? (await makeCustomer(ctx, buyer, null));
  try {
    return await work(customerId);
  } catch (error) {
    if (!isMissing(error) || !isStripeError(error) || error.param !== 'customer') throw error;
    return work(await makeCustomer(ctx, buyer, customerId));
  }
}

async function makeCustomer(ctx: Context, { userId, email, name }: Buyer, former: string | null): Promise<string> {
  const { id } = await askStripe(ctx, (stripe) =>
    stripe.customers.create(
      { email, name, metadata: { lyceum_user: userId } },
      // The address is part of it: with another one, the same key would be refused.
      { idempotencyKey: ['customer', userId, former ?? 'first', email].join(':') },
    ),
  );
  return keepStripeCustomer(ctx, { userId, customerId: id, former });
}
