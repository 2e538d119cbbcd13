import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { mayRunShop } from '../policy.ts';
import { countries, countryName } from '../settings/countries.ts';
import { formatPercent } from '../settings/percent.ts';

const day = z.iso.date('Choose a day.');
const fields = z
  .object({
    country: z.string().refine((code) => countries('en').some((country) => country.code === code), 'Choose a country.'),
    region: z.string().trim().max(100, 'At most 100 letters.'),
    /** Beginnings of postcodes, in any way of writing a list. */
    postcodes: z
      .string()
      .max(2000)
      .transform((text) => [
        ...new Set(
          text
            .toUpperCase()
            .split(/[\s,;]+/)
            .filter(Boolean),
        ),
      ])
      .refine((prefixes) => prefixes.every((prefix) => /^[A-Z0-9]{1,10}$/.test(prefix)), 'Letters and digits, separated by commas.'),
    name: z.string().trim().min(1, 'Write what it is called, such as VAT.').max(60, 'At most 60 letters.'),
    rateBasisPoints: z.int('Write a percentage, such as 19.').min(0).max(10_000, 'At most 100 %.'),
    inclusive: z.boolean().nullable(),
    productType: z.enum(['COURSE', 'BUNDLE', 'MEMBERSHIP']).nullable(),
    validFrom: day,
  })
  .refine(({ region, postcodes }) => region !== '' || postcodes.length === 0, {
    path: ['region'],
    message: 'Say what the area is called.',
  });

export type WantedTaxRate = z.input<typeof fields>;

/** Adds a tax of a country or one of its regions, from a day on. Where one of the same name is narrower it is taken in its stead. */
export async function addTaxRate(ctx: Context, input: WantedTaxRate): Promise<{ id: string }> {
  const person = requireRunner(ctx);
  const { postcodes, region, ...rate } = parseInput(fields, input);
  const id = newId();
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const data = { id, ...rate, region: region || null, postcodePrefixes: postcodes, validFrom: new Date(rate.validFrom) };
    const { count } = await ctx.db.prisma.taxRate.createMany({ data, skipDuplicates: true });
    if (count === 0) {
      throw new AppError('invalid', 'Something here needs another look.', {
        fields: { validFrom: 'The same tax begins on this day already.' },
      });
    }
    const tax = taxInWords({ ...rate, region: region || null });
    await audit({ ...ctx, actor: person }, { action: 'commerce.taxRateAdded', subjectType: 'taxRate', subjectId: id, after: { tax } });
  });
  return { id };
}

interface Held {
  country: string;
  region: string | null;
  name: string;
  rateBasisPoints: number;
  validFrom: string;
}
const hold = statement<Held, [id: string]>(
  `select country, region, name, rate_basis_points as "rateBasisPoints", valid_from::text as "validFrom" from tax_rates where id = $1::uuid for no key update`,
);

/** Ends a tax on a day, the first without it. One that ends before it begins was never taken, and goes; orders keep what they were taxed with. */
export async function endTaxRate(ctx: Context, { id, ...input }: { id: string; until: string }): Promise<{ kind: 'ended' | 'removed' }> {
  const person = requireRunner(ctx);
  const { until } = parseInput(z.object({ until: day }), input);
  return inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const [rate] = isId(id) ? await ctx.db.sql(hold, id) : [];
    if (!rate) throw new AppError('not-found', 'There is no such tax.');
    const isNever = until <= rate.validFrom;
    if (isNever) await ctx.db.prisma.taxRate.deleteMany({ where: { id } });
    else await ctx.db.prisma.taxRate.updateMany({ where: { id }, data: { validUntil: new Date(until), updatedAt: ctx.now } });
    const after = { tax: taxInWords(rate), until };
    await audit({ ...ctx, actor: person }, { action: 'commerce.taxRateEnded', subjectType: 'taxRate', subjectId: id, after });
    return { kind: isNever ? 'removed' : 'ended' };
  });
}

function requireRunner(ctx: Context) {
  const person = requirePerson(ctx);
  if (!mayRunShop(person)) throw new AppError('forbidden', 'Only admins say which taxes are taken.');
  return person;
}

function taxInWords({ name, country, region, rateBasisPoints }: Omit<Held, 'validFrom'>): string {
  const place = [region, countryName(country, 'en')].filter(Boolean).join(', ');
  return `${name} ${formatPercent(rateBasisPoints, 'en')} (${place})`;
}
