import { z } from 'zod';

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters.`);

/** Country names by their codes, as the runtime's CLDR data knows them. */
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Codes that name no country: unions, private use, what was a country once. */
const notCountries = new Set(
  'AC AN BU CP CQ CS DD DG EA EU EZ FX IC NH NT QO RH SU TA TP UK UN VD XA XB XK YD YU ZR ZZ AA QM QU XI'.split(' '),
);
const codes = [...letters].flatMap((first) => [...letters].map((second) => first + second));
const countryCodes = codes.filter((code) => names.of(code) !== undefined && !notCountries.has(code));

/** Every country with its name, in the order of the names. */
export function countries(): { code: string; name: string }[] {
  return countryCodes.map((code) => ({ code, name: countryName(code) })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** A country's name by its code. */
export const countryName = (code: string): string => names.of(code) ?? code;

/** Whom an order is billed to. */
export const billingFields = z
  .object({
    name: text(200).min(1, 'Write the name that goes on the invoice.'),
    country: z.string().refine((code) => countryCodes.includes(code), 'Choose a country: the tax goes by it.'),
    region: text(100),
    line1: text(300),
    city: text(100),
    postcode: text(20),
    isBusiness: z.boolean(),
    taxId: text(40),
  })
  .refine(({ isBusiness, line1 }) => !isBusiness || line1 !== '', {
    path: ['line1'],
    message: 'An invoice for a business names its address.',
  });

/** Whom an order is billed to, as it was typed. */
export type Billing = z.infer<typeof billingFields>;

/** A buyer as the tax goes by. A tax number counts for a business alone. */
export function taxedBuyer(
  { country, region, postcode, isBusiness, taxId }: Omit<Billing, 'name' | 'line1' | 'city'>,
  addressCountry: string | null,
) {
  const filled = (value: string) => value.trim() || null;
  return {
    country: filled(country),
    region: filled(region),
    postcode: filled(postcode),
    taxId: isBusiness ? filled(taxId) : null,
    addressCountry,
  };
}
