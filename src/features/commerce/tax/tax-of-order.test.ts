import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { system } from '#platform/context.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { isEuMember } from './eu-members.ts';
import { taxOfOrder } from './tax-of-order.ts';

const database = testDatabase();

const settings = { pricesIncludeTax: true, collectsEuVat: true, collectsIndiaGst: true, sellerCountry: 'DE', sellerRegion: null };
const nobody = { country: null, region: null, postcode: null, taxId: null, addressCountry: null };
const rateIn = async (country: string, postcode: string | null, at: Date) => {
  const { rates } = await taxOfOrder(database.context(system), {
    settings,
    buyer: { ...nobody, country, postcode },
    productTypes: ['COURSE'],
    at,
  });
  return rates[0]! / 100;
};

const published = '../shared/fixtures/tax/eu-vat-rates.json';
interface Published {
  items: Record<string, { effective_from: string; rates: { standard: number }; exceptions?: { postcode: string; standard: number }[] }[]>;
}

test.skipIf(!existsSync(published))('the 27 member states and the places that differ have the rates that were published', async () => {
  const { items } = JSON.parse(readFileSync(published, 'utf8')) as Published;
  const members = Object.entries(items).filter(([country]) => isEuMember(country));
  expect(members).toHaveLength(27);
  const at = new Date('2026-11-22T12:00:00Z');
  for (const [country, periods] of members) {
    const latest = periods
      .filter(({ effective_from }) => effective_from <= '2026-11-22')
      .sort((a, b) => (a.effective_from < b.effective_from ? 1 : -1))[0]!;
    expect([country, await rateIn(country, null, at)]).toEqual([country, latest.rates.standard]);
    for (const exception of latest.exceptions ?? []) {
      const digits = ['AT', 'PT'].includes(country) ? 4 : 5;
      const postcodes = Array.from({ length: 10 ** digits }, (_, number) => String(number).padStart(digits, '0'));
      const pattern = new RegExp(`^(?:${exception.postcode})$`);
      const covered = postcodes.filter((postcode) => pattern.test(postcode));
      for (const postcode of [covered[0]!, covered.at(-1)!]) {
        expect([postcode, await rateIn(country, postcode, at)]).toEqual([postcode, exception.standard]);
      }
    }
  }
});

test('a tax that begins or ends counts from that day on, and one query finds it', async () => {
  await database.owner.query(`
    insert into tax_rates (id, country, name, rate_basis_points, valid_from, valid_until)
    values (gen_random_uuid(), 'CH', 'VAT', 770, '2018-01-01', '2024-01-01'), (gen_random_uuid(), 'CH', 'VAT', 810, '2024-01-01', null)`);
  expect(await rateIn('CH', null, new Date('2023-12-31T23:59:59Z'))).toBe(7.7);
  expect(await rateIn('CH', null, new Date('2024-01-01T00:00:00Z'))).toBe(8.1);
  expect(await rateIn('CH', null, new Date('2017-12-31T00:00:00Z'))).toBe(0);
  expect(await statementsOf(() => rateIn('CH', null, new Date('2026-01-01')))).toHaveLength(1);
});
