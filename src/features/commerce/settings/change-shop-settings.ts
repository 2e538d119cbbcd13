import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { isCurrency } from '#platform/money.ts';
import { mayRunShop } from '../policy.ts';
import { isEuMember } from '../tax/eu-members.ts';
import { indianState } from '../tax/indian-states.ts';
import { checkedTaxNumber } from '../tax/tax-number.ts';
import { countries, countryName } from './countries.ts';
import { holdShopSettings, type ShopSettings } from './shop-settings.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} letters.`)
    .transform((value) => value.replaceAll('\r\n', '\n'));
const emptyIsNull = (value: string) => value || null;
const share = z.int('Write a percentage, such as 70.').min(0).max(10_000, 'At most 100 %.');
const isCountry = (code: string | null) => code === null || countries('en').some((country) => country.code === code);

const fields = z
  .object({
    currency: z.string().refine(isCurrency, 'Choose a currency.'),
    pricesIncludeTax: z.boolean(),
    collectsEuVat: z.boolean(),
    collectsIndiaGst: z.boolean(),
    sellerName: text(200),
    sellerAddress: text(500),
    sellerCountry: z.string().nullable().refine(isCountry, 'Choose a country.'),
    sellerRegion: text(100).transform(emptyIsNull).nullable(),
    sellerTaxId: text(40).transform(emptyIsNull).nullable(),
    sellerEmail: z.union([z.literal(''), z.email('Write an e-mail address.')]),
    invoiceNote: text(1000),
    bankDetails: text(1000),
    shareOwnCouponBasisPoints: share,
    shareOrganicBasisPoints: share,
    shareAffiliateBasisPoints: share,
    affiliateBasisPoints: share,
    refundDays: z.int('Write whole days.').min(0, 'Write whole days.').max(3650, 'Ten years at the most.'),
    graceDays: z.int('Write whole days.').min(0, 'Write whole days.').max(90, '90 days at the most.'),
  })
  .partial();

/** Says how the school sells: what is named changes, the rest stays. */
export async function changeShopSettings(ctx: Context, input: Partial<ShopSettings>): Promise<void> {
  if (!mayRunShop(ctx.actor)) throw new AppError('forbidden', 'Only admins say how the school sells.');
  const { actor: person } = ctx;
  const wanted = parseInput(fields, input);
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const [before] = await ctx.db.sql(holdShopSettings);
    if (!before) throw new Error('The row of the shop’s settings is missing.');
    const after = checked({ ...before, ...wanted }, 'sellerCountry' in wanted);
    const changed = (Object.keys(wanted) as (keyof ShopSettings)[]).filter((name) => after[name] !== before[name]);
    if (changed.length === 0) return;
    const values = Object.fromEntries(changed.map((name) => [name, after[name]]));
    await ctx.db.prisma.shopSettings.updateMany({ data: { ...values, updatedAt: ctx.now } });
    await audit(
      { ...ctx, actor: person },
      { action: 'commerce.shopSettingsChanged', subjectType: 'shop', subjectId: 'shop', ...told(changed, before, after) },
    );
  });
}

/** What must hold between settings, told where it was asked for; the seller's tax number comes back as it is written. */
function checked(settings: ShopSettings, isAboutSeller: boolean): ShopSettings {
  const { sellerCountry: country, sellerRegion, sellerTaxId } = settings;
  const refuse = (field: string, message: string) => {
    throw new AppError('invalid', 'Something here needs another look.', { fields: { [field]: message } });
  };
  if (settings.shareAffiliateBasisPoints + settings.affiliateBasisPoints > 10_000) {
    refuse('affiliateBasisPoints', 'Together with the instructor’s share this is more than 100 %.');
  }
  if (!country && (settings.collectsEuVat || settings.collectsIndiaGst)) {
    const field = settings.collectsEuVat ? 'collectsEuVat' : 'collectsIndiaGst';
    refuse(isAboutSeller ? 'sellerCountry' : field, 'Taxes hang on where the school sits: the seller needs a country.');
  }
  if (settings.collectsIndiaGst && country === 'IN' && !indianState(sellerRegion)) {
    refuse(isAboutSeller ? 'sellerRegion' : 'collectsIndiaGst', 'The seller needs a state of India: within it GST is CGST and SGST.');
  }
  if (!sellerTaxId || !country || !(isEuMember(country) || country === 'IN')) return settings;
  const number = checkedTaxNumber(country, sellerTaxId);
  if (!number) refuse('sellerTaxId', `This is no tax number of a business in ${countryName(country, 'en')}.`);
  return { ...settings, sellerTaxId: number };
}

function told(changed: (keyof ShopSettings)[], before: ShopSettings, after: ShopSettings) {
  const of = (settings: ShopSettings) => Object.fromEntries(changed.map((name) => [name, String(settings[name] ?? '')]));
  return { before: of(before), after: of(after) };
}
