import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { currencies } from '#platform/money.ts';
import { mayRunShop } from '../policy.ts';
import { indianStates } from '../tax/indian-states.ts';
import { countries } from './countries.ts';
import { type ShopSettings, shopSettings } from './shop-settings.ts';

export type { ShopSettings };

/** What the page of the shop's settings shows. */
export interface ShopSettingsPage {
  settings: ShopSettings;
  currencies: { code: string; name: string }[];
  countries: { code: string; name: string }[];
  /** For the seller's state, where the country is India. */
  indianStates: string[];
}

/** How the school sells, with what there is to choose from. One query. */
export async function shopSettingsPage(ctx: Context): Promise<ShopSettingsPage> {
  if (!mayRunShop(ctx.actor)) throw new AppError('forbidden', 'Only admins say how the school sells.');
  return {
    settings: await shopSettings(ctx),
    currencies: currencies('en'),
    countries: countries('en'),
    indianStates: indianStates.map(([, , name]) => name),
  };
}
