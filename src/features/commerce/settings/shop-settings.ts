import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

/** How the school sells. Rates are basis points: 1/100 of a percent. */
export interface ShopSettings {
  /** The school's own currency, by ISO 4217. */
  currency: string;
  /** Whether prices already hold the tax. */
  pricesIncludeTax: boolean;
  collectsEuVat: boolean;
  collectsIndiaGst: boolean;
  sellerName: string;
  sellerAddress: string;
  sellerCountry: string | null;
  sellerRegion: string | null;
  sellerTaxId: string | null;
  sellerEmail: string;
  invoiceNote: string;
  /** Where buyers send money; bank transfer is offered when it is filled. */
  bankDetails: string;
  shareOwnCouponBasisPoints: number;
  shareOrganicBasisPoints: number;
  shareAffiliateBasisPoints: number;
  affiliateBasisPoints: number;
  /** How long a buyer may ask for the money back. */
  refundDays: number;
  /** How long a membership goes on after a payment that failed. */
  graceDays: number;
}

const select = `
  select currency, prices_include_tax as "pricesIncludeTax", collects_eu_vat as "collectsEuVat", collects_india_gst as "collectsIndiaGst",
         seller_name as "sellerName", seller_address as "sellerAddress", seller_country as "sellerCountry", seller_region as "sellerRegion",
         seller_tax_id as "sellerTaxId", seller_email as "sellerEmail", invoice_note as "invoiceNote", bank_details as "bankDetails",
         share_own_coupon_basis_points as "shareOwnCouponBasisPoints", share_organic_basis_points as "shareOrganicBasisPoints",
         share_affiliate_basis_points as "shareAffiliateBasisPoints", affiliate_basis_points as "affiliateBasisPoints",
         refund_days as "refundDays", grace_days as "graceDays"
    from shop_settings where id = '00000000-0000-0000-0000-000000000001'`;

/** For a query that goes out with others; one row. */
export const shopSettingsOfSchool = statement<ShopSettings, []>(select);

/** The same, held until the end of the transaction. */
export const holdShopSettings = statement<ShopSettings, []>(`${select} for no key update`);

/** How the school sells, now. */
export async function shopSettings(ctx: Context): Promise<ShopSettings> {
  const [settings] = await ctx.db.sql(shopSettingsOfSchool);
  if (!settings) throw new Error('The row of the shop’s settings is missing: the migration that makes it has not run.');
  return settings;
}
