import { splitMoney } from '#platform/money.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';
import { isEuMember } from './eu-members.ts';
import { indianState } from './indian-states.ts';
import { checkedTaxNumber } from './tax-number.ts';

export type ProductType = 'COURSE' | 'BUNDLE' | 'MEMBERSHIP';

/** What the shop's settings say of taxes. */
export type TaxSettings = Pick<ShopSettings, 'pricesIncludeTax' | 'collectsEuVat' | 'collectsIndiaGst' | 'sellerCountry' | 'sellerRegion'>;

/** Where a buyer says to live, and where their network is. */
export interface TaxedBuyer {
  country: string | null;
  region: string | null;
  postcode: string | null;
  taxId: string | null;
  /** Country of the network address that the order comes from. */
  addressCountry: string | null;
}

/** A row of the table of taxes, of the buyer's country and day. */
export interface KeptRate {
  region: string | null;
  postcodePrefixes: string[];
  name: string;
  rateBasisPoints: number;
  inclusive: boolean | null;
  productType: ProductType | null;
}

export interface TaxPart {
  name: string;
  rateBasisPoints: number;
}

/** The tax of one line: its parts add up to its rate. */
export interface LineTax extends TaxPart {
  parts: TaxPart[];
}

/** Which tax was taken and why, as an order keeps it. */
export interface TaxSnapshot extends LineTax {
  country: string | null;
  region: string | null;
  /** Whether the buyer, a business of another state, owes the tax itself. */
  reverseCharge: boolean;
  /** The buyer's tax number as checked; null for none, or one that is wrong. */
  buyerTaxId: string | null;
  /** What shows where the buyer is: what they wrote, their network's country, the country of their tax number. */
  evidence: { kind: 'billing' | 'network' | 'tax-number'; country: string }[];
  /** The tax of each line, in the order's order; `name`, `rateBasisPoints` and `parts` above are those of the first. */
  lines: LineTax[];
}

export interface TaxJudgment {
  /** Basis points for each line. */
  rates: number[];
  taxIncluded: boolean;
  snapshot: TaxSnapshot;
}

/** What tax an order takes. Where a buyer has not said a country yet, that of their network stands for it, so that a cart can guess. */
export function judgeTax(
  settings: TaxSettings,
  buyer: TaxedBuyer,
  productTypes: readonly ProductType[],
  kept: readonly KeptRate[],
): TaxJudgment {
  const country = taxedCountry(buyer);
  const buyerTaxId = country && buyer.taxId ? checkedTaxNumber(country, buyer.taxId) : null;
  const reverseCharge = isReverseCharged(settings, country, buyerTaxId);
  const takes = !reverseCharge && takesTaxOf(settings, country);
  const chosen = productTypes.map((type) => (takes ? ratesOf(kept, buyer, type) : []));
  const lines = chosen.map((rates) => lineTax(rates, country, settings, buyer));
  const first = lines[0] ?? noTax;
  return {
    rates: lines.map(({ rateBasisPoints }) => rateBasisPoints),
    taxIncluded: isIncluded(chosen.flat(), settings),
    snapshot: {
      ...first,
      country,
      region: buyer.region?.trim() || null,
      reverseCharge,
      buyerTaxId,
      evidence: evidenceOf(buyer, buyerTaxId),
      lines,
    },
  };
}

/** The country whose tax an order takes. */
export function taxedCountry(buyer: Pick<TaxedBuyer, 'country' | 'addressCountry'>): string | null {
  return buyer.country ?? buyer.addressCountry;
}

/**
 * Whether two pieces of evidence say different countries. The buyer's own word decides the tax, and the order keeps both: a checkout asks such a buyer to confirm the
 * country, and a business's tax number settles it.
 */
export function placesDisagree(snapshot: Pick<TaxSnapshot, 'evidence'>): boolean {
  const countries = snapshot.evidence.map(({ country }) => country);
  return new Set(countries).size > 1 && !snapshot.evidence.some(({ kind }) => kind === 'tax-number');
}

const noTax: LineTax = { name: '', rateBasisPoints: 0, parts: [] };

function takesTaxOf(settings: TaxSettings, country: string | null): boolean {
  if (isEuMember(country)) return settings.collectsEuVat;
  return country === 'IN' ? settings.collectsIndiaGst : country !== null;
}

/** A business in another member state, or one in India that buys from abroad, pays the tax itself. */
function isReverseCharged(settings: TaxSettings, country: string | null, buyerTaxId: string | null): boolean {
  if (buyerTaxId === null || settings.sellerCountry === null) return false;
  return country !== settings.sellerCountry && takesTaxOf(settings, country);
}

/** Of the taxes of one name the narrowest counts: a region's before the country's, a product type's before everything's. */
function ratesOf(kept: readonly KeptRate[], buyer: TaxedBuyer, type: ProductType): KeptRate[] {
  const chosen = new Map<string, KeptRate>();
  const narrowness = (rate: KeptRate) => (rate.region === null ? 0 : 2) + (rate.productType === null ? 0 : 1);
  for (const rate of kept) {
    if (!isInRegion(rate, buyer) || (rate.productType !== null && rate.productType !== type)) continue;
    const known = chosen.get(rate.name);
    if (!known || narrowness(rate) > narrowness(known)) chosen.set(rate.name, rate);
  }
  return [...chosen.values()].filter(({ rateBasisPoints }) => rateBasisPoints > 0);
}

function isInRegion({ region, postcodePrefixes }: KeptRate, buyer: TaxedBuyer): boolean {
  if (region === null) return true;
  const postcode = (buyer.postcode ?? '')
    .toUpperCase()
    .replace(/^[A-Z]{1,2}-/, '')
    .replace(/[^A-Z0-9]/g, '');
  if (postcodePrefixes.length > 0) return postcodePrefixes.some((prefix) => postcode.startsWith(prefix));
  return region.toLowerCase() === buyer.region?.trim().toLowerCase();
}

function lineTax(rates: readonly KeptRate[], country: string | null, settings: TaxSettings, buyer: TaxedBuyer): LineTax {
  const parts = rates.flatMap((rate) => (country === 'IN' && rate.name === 'GST' ? gstParts(rate, settings, buyer) : [partOf(rate)]));
  return {
    name: rates.map(({ name }) => name).join(' + '),
    rateBasisPoints: parts.reduce((all, { rateBasisPoints }) => all + rateBasisPoints, 0),
    parts,
  };
}

const partOf = ({ name, rateBasisPoints }: KeptRate): TaxPart => ({ name, rateBasisPoints });

/** Within the seller's state half of it is the union's and half the state's; from anywhere else it is one tax. */
function gstParts({ rateBasisPoints }: KeptRate, settings: TaxSettings, buyer: TaxedBuyer): TaxPart[] {
  const [sellers, buyers] = [indianState(settings.sellerRegion), indianState(buyer.region)];
  if (settings.sellerCountry !== 'IN' || sellers === null || sellers !== buyers) return [{ name: 'IGST', rateBasisPoints }];
  const [central = 0, state = 0] = splitMoney(rateBasisPoints, [1, 1]);
  return [
    { name: 'CGST', rateBasisPoints: central },
    { name: 'SGST', rateBasisPoints: state },
  ];
}

/** An order has one kind of price: what all its taxes say, else what the settings say. */
function isIncluded(rates: readonly KeptRate[], settings: TaxSettings): boolean {
  const said = new Set(rates.map(({ inclusive }) => inclusive ?? settings.pricesIncludeTax));
  const [only = settings.pricesIncludeTax] = said;
  return said.size === 1 ? only : settings.pricesIncludeTax;
}

function evidenceOf(buyer: TaxedBuyer, buyerTaxId: string | null): TaxSnapshot['evidence'] {
  return [
    ...(buyer.country ? [{ kind: 'billing' as const, country: buyer.country }] : []),
    ...(buyer.addressCountry ? [{ kind: 'network' as const, country: buyer.addressCountry }] : []),
    ...(buyerTaxId && buyer.country ? [{ kind: 'tax-number' as const, country: buyer.country }] : []),
  ];
}
