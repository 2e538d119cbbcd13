import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { dangerouslyAsSystem } from '../auth.server.ts';

const customerOf = statement<{ customerId: string | null }, [userId: string]>(
  'select stripe_customer_id as "customerId" from users where id = $1::uuid and deleted_at is null',
);

const keep = statement<{ customerId: string }, [userId: string, customerId: string, former: string | null]>(`
  update users set stripe_customer_id = case when stripe_customer_id is not distinct from $3 then $2 else stripe_customer_id end
   where id = $1::uuid and deleted_at is null
  returning stripe_customer_id as "customerId"`);

/** What Stripe calls a person, if it knows them. For the shop, which shows it to nobody. */
export async function stripeCustomerOf(ctx: Context, input: { userId: string }): Promise<string | null> {
  const [person] = await dangerouslyAsSystem(ctx).db.sql(customerOf, input.userId);
  return person?.customerId ?? null;
}

/** Keeps what Stripe calls a person, in place of `former`, and returns what is kept: of two who keep at once, the first. */
export async function keepStripeCustomer(
  ctx: Context,
  input: { userId: string; customerId: string; former: string | null },
): Promise<string> {
  const [person] = await dangerouslyAsSystem(ctx).db.sql(keep, input.userId, input.customerId, input.former);
  return person?.customerId ?? input.customerId;
}
