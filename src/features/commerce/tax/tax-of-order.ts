import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import {
  judgeTax,
  type KeptRate,
  type ProductType,
  type TaxedBuyer,
  type TaxJudgment,
  type TaxSettings,
  taxedCountry,
} from './tax-rules.ts';

const ratesOfCountry = statement<KeptRate, [country: string | null, at: string]>(
  `select region, postcode_prefixes as "postcodePrefixes", name, rate_basis_points as "rateBasisPoints", inclusive, product_type as "productType"
     from tax_rates
    where country = $1 and valid_from <= ($2::timestamptz at time zone 'UTC')::date
      and (valid_until is null or valid_until > ($2::timestamptz at time zone 'UTC')::date)
    order by valid_from desc, name`,
);

export interface OrderToTax {
  settings: TaxSettings;
  buyer: TaxedBuyer;
  /** Of each line. */
  productTypes: readonly ProductType[];
  /** The moment of the order. */
  at: Date;
}

/** The tax of each line of an order, and why: by the buyer's country and the kind of product, on the day of the order. One query. */
export async function taxOfOrder(ctx: Context, { settings, buyer, productTypes, at }: OrderToTax): Promise<TaxJudgment> {
  const kept = await ctx.db.sql(ratesOfCountry, taxedCountry(buyer), at.toISOString());
  return judgeTax(settings, buyer, productTypes, kept);
}
