import { beforeAll, expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { addTaxRate, endTaxRate, type WantedTaxRate } from './change-tax-rates.ts';
import { taxOfOrder } from './tax-of-order.ts';
import { newTaxRatePage, taxRatePage, taxRatesPage } from './tax-rates-page.ts';

const database = testDatabase();
let admin: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  admin = await aPerson(database, 'ADMIN');
});

const swiss: WantedTaxRate = {
  country: 'CH',
  region: '',
  postcodes: '',
  name: 'VAT',
  rateBasisPoints: 810,
  inclusive: null,
  productType: null,
  validFrom: '2026-06-01',
};
const add = (wanted: Partial<WantedTaxRate> = {}) => addTaxRate(database.context(admin), { ...swiss, ...wanted });
const list = (country: string | null, show: 'current' | 'ended' = 'current', from: string | null = null) =>
  taxRatesPage(database.context(admin), { country, show, from });
const taken = async (country: string, day: string, postcode: string | null = null, type: 'COURSE' | 'BUNDLE' = 'COURSE') => {
  const settings = { pricesIncludeTax: true, collectsEuVat: true, collectsIndiaGst: true, sellerCountry: 'DE', sellerRegion: null };
  const buyer = { country, region: null, postcode, taxId: null, addressCountry: null };
  const { rates } = await taxOfOrder(database.context(admin), { settings, buyer, productTypes: [type], at: new Date(`${day}T12:00:00Z`) });
  return rates[0];
};

test('a tax is taken from the day it begins to the day before the first without it', async () => {
  const { id } = await add();
  expect(await endTaxRate(database.context(admin), { id, until: '2027-01-01' })).toEqual({ kind: 'ended' });
  await add({ rateBasisPoints: 820, validFrom: '2027-01-01' });
  expect([await taken('CH', '2026-05-31'), await taken('CH', '2026-06-01')]).toEqual([0, 810]);
  expect([await taken('CH', '2026-12-31'), await taken('CH', '2027-01-01')]).toEqual([810, 820]);
  expect((await list('CH')).rates.map(({ rateInWords, validUntil }) => [rateInWords, validUntil])).toEqual([
    ['8.1%', '2027-01-01'],
    ['8.2%', null],
  ]);
});

test('one that ends before it begins was never taken, and goes', async () => {
  const { id } = await add({ country: 'NO', rateBasisPoints: 9999 });
  expect(await endTaxRate(database.context(admin), { id, until: '2026-06-01' })).toEqual({ kind: 'removed' });
  expect((await list('NO')).rates).toEqual([]);
  expect((await list('NO', 'ended')).rates).toEqual([]);
  await expect(taxRatePage(database.context(admin), { id })).rejects.toMatchObject({ code: 'not-found' });
});

test('a tax of an area, and one of a kind of product, are taken in the wider one’s stead', async () => {
  await add({ country: 'GB', rateBasisPoints: 2000 });
  await add({ country: 'GB', region: 'Isle of Nothing', postcodes: 'im1, IM2', rateBasisPoints: 0 });
  await add({ country: 'GB', productType: 'BUNDLE', rateBasisPoints: 500 });
  const day = '2026-07-01';
  expect([await taken('GB', day, 'SW1A 1AA'), await taken('GB', day, 'IM1 1AA'), await taken('GB', day, null, 'BUNDLE')]).toEqual([
    2000, 0, 500,
  ]);
});

test('the rates of the Union are there from the beginning, and one of them can end', async () => {
  const { rates } = await list('DE');
  expect(rates.map(({ region, rateInWords, isLeftAside }) => [region, rateInWords, isLeftAside])).toContainEqual([null, '19%', true]);
  const germany = rates.find(({ region }) => region === null)!;
  await endTaxRate(database.context(admin), { id: germany.id, until: '2026-05-01' });
  expect((await list('DE', 'ended')).rates.map(({ id }) => id)).toEqual([germany.id]);
  expect(await taken('DE', '2026-05-02')).toBe(0);
});

test.each<[string, Partial<WantedTaxRate>, string]>([
  ['no country', { country: 'EU' }, 'country'],
  ['postcodes of an area without a name', { postcodes: '35' }, 'region'],
  ['postcodes that are none', { region: 'Somewhere', postcodes: '3.*' }, 'postcodes'],
  ['no name', { name: ' ' }, 'name'],
  ['more than everything', { rateBasisPoints: 10_001 }, 'rateBasisPoints'],
  ['no day', { validFrom: '2026-02-30' }, 'validFrom'],
  ['the day on which it begins already', { country: 'IS', validFrom: '2026-03-01' }, 'validFrom'],
])('a tax with %s is refused at its field', async (_, wanted, field) => {
  if (wanted.country === 'IS') await add(wanted);
  await expect(add(wanted)).rejects.toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
});

test('only admins add, end and list taxes, and the log has each', async () => {
  const { id } = await add({ country: 'JP', name: 'JCT', rateBasisPoints: 1000 });
  for (const actor of [await aPerson(database), await aPerson(database, 'INSTRUCTOR')]) {
    const ctx = database.context(actor);
    await expect(addTaxRate(ctx, swiss)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(endTaxRate(ctx, { id, until: '2027-01-01' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(taxRatesPage(ctx, { country: null, show: 'current', from: null })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(taxRatePage(ctx, { id })).rejects.toMatchObject({ code: 'forbidden' });
    expect(() => newTaxRatePage(ctx)).toThrow();
  }
  const { rows } = await database.owner.query('select action, after from audit_log where subject_id = $1', [id]);
  expect(rows).toEqual([{ action: 'commerce.taxRateAdded', after: { tax: 'JCT 10% (Japan)' } }]);
});

test('the list is in the order of the countries’ names, a country before its regions', async () => {
  const { rates } = await list(null);
  const names = rates.map(({ countryName }) => countryName);
  expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
  expect((await list('ES')).rates.map(({ region }) => region)).toEqual([null, 'Canary Islands', 'Ceuta', 'Melilla']);
});

test('the list goes on where a page ends, in two queries however long it is', async () => {
  const seen: string[] = [];
  let from: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(null, 'current', from);
    seen.push(...page.rates.map(({ id }) => id));
    from = page.next;
  } while (from !== null);
  const { rows } = await database.owner.query(
    "select count(*)::int as count from tax_rates where coalesce(valid_until > '2026-05-04', true)",
  );
  expect([seen.length, new Set(seen).size]).toEqual([rows[0].count, rows[0].count]);
  expect(seen.length).toBeGreaterThan(50);
  expect(await statementsOf(() => list(null))).toHaveLength(2);
});
