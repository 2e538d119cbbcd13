import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { type ShopSettings, shopSettings } from '../settings/shop-settings.ts';
import { bankProvider } from './bank.ts';
import { demoProvider } from './demo.ts';
import type { PaymentProvider } from './provider.ts';
import { isStripeSetUp } from './stripe/client.ts';
import { stripeProvider } from './stripe/stripe.ts';

/** The ways to pay that a school with these settings offers. The demo provider takes no money, and is there only while nothing else is. */
export function offeredBy({ bankDetails }: Pick<ShopSettings, 'bankDetails'>): PaymentProvider[] {
  const real = [...(isStripeSetUp() ? [stripeProvider] : []), ...(bankDetails.trim() === '' ? [] : [bankProvider])];
  return real.length > 0 ? real : [demoProvider];
}

/** The ways to pay that the school offers now. */
export async function providers(ctx: Context): Promise<PaymentProvider[]> {
  return offeredBy(await shopSettings(ctx));
}

/** Whether the school lets people try it with the demo payment. What was begun with it counts no more once it takes real money: it would be given away. */
export async function takesDemoMoney(ctx: Context): Promise<boolean> {
  return (await providers(ctx)).includes(demoProvider);
}

/** The provider of a payment that was begun, also where it is not offered any more. */
export function providerNamed(name: string): PaymentProvider {
  const found = [...(isStripeSetUp() ? [stripeProvider] : []), bankProvider, demoProvider].find((provider) => provider.name === name);
  if (!found) throw new AppError('unavailable', `The school is not set up for payments by ${name} any more.`);
  return found;
}
