import { beforeAll, expect, test } from 'vitest';
import { guest } from '#platform/context.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { changeShopSettings } from './change-shop-settings.ts';
import { countries } from './countries.ts';
import { formatPercent, parsePercent } from './percent.ts';
import { shopSettingsPage } from './shop-settings-page.ts';

const database = testDatabase();
let admin: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  admin = await aPerson(database, 'ADMIN');
});

const change = (wanted: Parameters<typeof changeShopSettings>[1]) => changeShopSettings(database.context(admin), wanted);
const settings = async () => (await shopSettingsPage(database.context(admin))).settings;
const deeds = async () => {
  const { rows } = await database.owner.query(
    "select actor_id, before, after from audit_log where action = 'commerce.shopSettingsChanged' order by sequence",
  );
  return rows;
};

test('what is named changes, the rest stays, and the log says who changed what', async () => {
  await change({ currency: 'EUR', sellerName: ' Lyceum ', refundDays: 14 });
  await change({ refundDays: 14 });
  expect(await settings()).toMatchObject({ currency: 'EUR', sellerName: 'Lyceum', refundDays: 14, graceDays: 7, pricesIncludeTax: true });
  expect(await deeds()).toEqual([
    {
      actor_id: admin.id,
      before: { currency: 'USD', sellerName: '', refundDays: '30' },
      after: { currency: 'EUR', sellerName: 'Lyceum', refundDays: '14' },
    },
  ]);
  expect(await statementsOf(() => settings())).toHaveLength(1);
});

test.each<[string, Parameters<typeof changeShopSettings>[1], string]>([
  ['a currency that is none', { currency: 'ABC' }, 'currency'],
  ['a country that is none', { sellerCountry: 'EU' }, 'sellerCountry'],
  [
    'more than everything for those who send and teach',
    { shareAffiliateBasisPoints: 9000, affiliateBasisPoints: 1001 },
    'affiliateBasisPoints',
  ],
  ['taxes of a school that sits nowhere', { collectsEuVat: true }, 'collectsEuVat'],
  ['a seller who sits nowhere, for whom taxes are taken', { collectsIndiaGst: true, sellerCountry: null }, 'sellerCountry'],
  [
    'India’s tax of a seller whose state is not known',
    { collectsIndiaGst: true, sellerCountry: 'IN', sellerRegion: 'Nowhere' },
    'sellerRegion',
  ],
  ['a seller in India without a state', { collectsIndiaGst: true, sellerCountry: 'IN' }, 'sellerRegion'],
  ['a tax number that is none', { sellerCountry: 'DE', sellerTaxId: 'DE123456789' }, 'sellerTaxId'],
  ['an address that is none', { sellerEmail: 'nobody' }, 'sellerEmail'],
  ['half a day', { refundDays: 1.5 }, 'refundDays'],
])('%s is refused at its field', async (_, wanted, field) => {
  await expect(change(wanted)).rejects.toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
});

test('the seller’s tax number is kept as it is written', async () => {
  await change({ sellerCountry: 'DE', sellerTaxId: '136 695 976', collectsEuVat: true });
  expect(await settings()).toMatchObject({ sellerTaxId: 'DE136695976' });
});

test('only admins see and change them', async () => {
  for (const actor of [guest, await aPerson(database), await aPerson(database, 'INSTRUCTOR')]) {
    await expect(changeShopSettings(database.context(actor), { refundDays: 1 })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(shopSettingsPage(database.context(actor))).rejects.toMatchObject({ code: 'forbidden' });
  }
});

test('guests’ pages are dropped by the commit that changes how the school sells', async () => {
  const listener = await database.connections.pool.connect();
  try {
    const heard = new Promise((resolve) => listener.once('notification', resolve));
    await listener.query('listen guest_pages');
    await change({ pricesIncludeTax: false });
    await expect(heard).resolves.toMatchObject({ channel: 'guest_pages' });
    await listener.query('unlisten *');
  } finally {
    listener.release();
  }
});

test('a percentage is typed and read to the hundredth', () => {
  expect(['70', '7.5', ' 25,5 % ', '0', '100'].map(parsePercent)).toEqual([7000, 750, 2550, 0, 10_000]);
  expect(['', '-1', '100.01', '1.234', 'x'].map(parsePercent)).toEqual([null, null, null, null, null]);
  expect(formatPercent(2550, 'de')).toBe('25,5\u00a0%');
});

test('the list of countries has countries, and nothing that is more or less than one', () => {
  const codes = countries('en').map(({ code }) => code);
  expect(codes.filter((code) => ['SU', 'DD', 'FX', 'RH', 'EU', 'UN'].includes(code))).toEqual([]);
  expect(codes.length).toBeGreaterThan(240);
  expect(codes.length).toBeLessThan(252);
  expect(codes).toEqual(expect.arrayContaining(['DE', 'GR', 'IN', 'US', 'GB', 'TW', 'XK']));
});
