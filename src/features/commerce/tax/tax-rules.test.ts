import { describe, expect, test } from 'vitest';
import { judgeTax, type KeptRate, placesDisagree, type TaxedBuyer, type TaxSettings } from './tax-rules.ts';

const shop: TaxSettings = { pricesIncludeTax: true, collectsEuVat: true, collectsIndiaGst: true, sellerCountry: 'DE', sellerRegion: null };
const indianShop: TaxSettings = { ...shop, sellerCountry: 'IN', sellerRegion: 'Maharashtra' };
const buyer = (said: Partial<TaxedBuyer>): TaxedBuyer => ({
  country: null,
  region: null,
  postcode: null,
  taxId: null,
  addressCountry: null,
  ...said,
});
const rate = (said: Partial<KeptRate>): KeptRate => ({
  region: null,
  postcodePrefixes: [],
  name: 'VAT',
  rateBasisPoints: 2100,
  inclusive: null,
  productType: null,
  ...said,
});
const gst = rate({ name: 'GST', rateBasisPoints: 1800 });
const spain = [rate({}), rate({ region: 'Canary Islands', postcodePrefixes: ['35', '38'], rateBasisPoints: 0 })];
const ofCourse = (settings: TaxSettings, who: Partial<TaxedBuyer>, kept: KeptRate[]) => {
  const { rates, snapshot } = judgeTax(settings, buyer(who), ['COURSE'], kept);
  return [rates[0], snapshot.reverseCharge, snapshot.parts.map(({ name, rateBasisPoints }) => `${name} ${rateBasisPoints}`).join(' ')];
};

test.each<[string, TaxSettings, Partial<TaxedBuyer>, KeptRate[], number, boolean, string]>([
  ['a person in Spain pays Spanish VAT', shop, { country: 'ES' }, spain, 2100, false, 'VAT 2100'],
  ['a person on the Canary Islands pays none', shop, { country: 'ES', postcode: '35001' }, spain, 0, false, ''],
  ['nor does one who writes the country before the postcode', shop, { country: 'ES', postcode: 'E-38 001' }, spain, 0, false, ''],
  ['a school that takes no VAT takes none', { ...shop, collectsEuVat: false }, { country: 'ES' }, spain, 0, false, ''],
  ['a business in another member state pays it itself', shop, { country: 'AT', taxId: 'ATU13585627' }, [rate({})], 0, true, ''],
  [
    'so does one that buys from outside the Union',
    { ...shop, sellerCountry: 'US' },
    { country: 'AT', taxId: 'ATU13585627' },
    [rate({})],
    0,
    true,
    '',
  ],
  [
    'a business in the seller’s own country pays it here',
    shop,
    { country: 'DE', taxId: 'DE136695976' },
    [rate({})],
    2100,
    false,
    'VAT 2100',
  ],
  ['a number that is wrong frees nobody', shop, { country: 'AT', taxId: 'ATU13585628' }, [rate({})], 2100, false, 'VAT 2100'],
  ['nor does a number of another country', shop, { country: 'AT', taxId: 'DE136695976' }, [rate({})], 2100, false, 'VAT 2100'],
  [
    'while the seller’s country is not known nobody is freed',
    { ...shop, sellerCountry: null },
    { country: 'AT', taxId: 'ATU13585627' },
    [rate({})],
    2100,
    false,
    'VAT 2100',
  ],
  ['in the seller’s state GST is in two halves', indianShop, { country: 'IN', region: 'mh' }, [gst], 1800, false, 'CGST 900 SGST 900'],
  ['from another state it is one', indianShop, { country: 'IN', region: 'Karnataka' }, [gst], 1800, false, 'IGST 1800'],
  ['and from a state nobody knows', indianShop, { country: 'IN' }, [gst], 1800, false, 'IGST 1800'],
  ['from abroad, too', shop, { country: 'IN', region: 'Maharashtra' }, [gst], 1800, false, 'IGST 1800'],
  ['a business in India that buys from abroad pays it itself', shop, { country: 'IN', taxId: '27AAPFU0939F1ZV' }, [gst], 0, true, ''],
  ['and one that buys in India pays it here', indianShop, { country: 'IN', taxId: '27AAPFU0939F1ZV' }, [gst], 1800, false, 'IGST 1800'],
  ['a school that takes no GST takes none', { ...indianShop, collectsIndiaGst: false }, { country: 'IN' }, [gst], 0, false, ''],
  ['the United States: nothing is set, nothing is taken', shop, { country: 'US', region: 'New York' }, [], 0, false, ''],
  [
    'a state’s tax that the school has set is its own',
    shop,
    { country: 'US', region: 'new york' },
    [rate({ name: 'Sales tax', region: 'New York', rateBasisPoints: 887 })],
    887,
    false,
    'Sales tax 887',
  ],
  [
    'taxes of two names add up',
    shop,
    { country: 'CA', region: 'Quebec' },
    [rate({ name: 'GST', rateBasisPoints: 500 }), rate({ name: 'QST', region: 'Quebec', rateBasisPoints: 998 })],
    1498,
    false,
    'GST 500 QST 998',
  ],
  ['whoever has said no country is taxed by the network’s', shop, { addressCountry: 'ES' }, spain, 2100, false, 'VAT 2100'],
  ['and who is nowhere pays none', shop, {}, [], 0, false, ''],
])('%s', (_, settings, who, kept, basisPoints, isReversed, parts) => {
  expect(ofCourse(settings, who, kept)).toEqual([basisPoints, isReversed, parts]);
});

test('each line has the tax of its own kind of product', () => {
  const kept = [rate({}), rate({ productType: 'BUNDLE', rateBasisPoints: 1000 })];
  const { rates, snapshot } = judgeTax(shop, buyer({ country: 'ES' }), ['COURSE', 'BUNDLE', 'MEMBERSHIP'], kept);
  expect(rates).toEqual([2100, 1000, 2100]);
  expect(snapshot.lines.map(({ parts }) => parts)).toEqual([2100, 1000, 2100].map((rateBasisPoints) => [{ name: 'VAT', rateBasisPoints }]));
  expect(snapshot.rateBasisPoints).toBe(2100);
});

describe('whether prices hold the tax', () => {
  const included = (kept: KeptRate[], pricesIncludeTax: boolean, types: ('COURSE' | 'BUNDLE')[] = ['COURSE']) =>
    judgeTax({ ...shop, pricesIncludeTax }, buyer({ country: 'CH' }), types, kept).taxIncluded;
  test.each([
    ['is the settings’ word', [rate({})], true, true],
    ['for and against', [rate({})], false, false],
    ['unless the tax says otherwise', [rate({ inclusive: false })], true, false],
    ['for and against', [rate({ inclusive: true })], false, true],
    ['and the settings’ where no tax is', [], true, true],
  ])('%s', (_, kept, setting, wanted) => expect(included(kept, setting)).toBe(wanted));
  test('and where two lines say different things the settings decide for both', () => {
    const kept = [rate({ inclusive: true }), rate({ inclusive: false, productType: 'BUNDLE' })];
    expect(included(kept, false, ['COURSE', 'BUNDLE'])).toBe(false);
    expect(included(kept, true, ['COURSE', 'BUNDLE'])).toBe(true);
  });
});

test('an order keeps every piece of evidence, and two that differ are told unless a tax number settles it', () => {
  const evidence = (who: Partial<TaxedBuyer>) => judgeTax(shop, buyer(who), ['COURSE'], [rate({})]).snapshot;
  const [same, other] = [evidence({ country: 'ES', addressCountry: 'ES' }), evidence({ country: 'ES', addressCountry: 'FR' })];
  expect(other.evidence).toEqual([
    { kind: 'billing', country: 'ES' },
    { kind: 'network', country: 'FR' },
  ]);
  expect([same, other, evidence({ country: 'ES' })].map(placesDisagree)).toEqual([false, true, false]);
  expect(placesDisagree(evidence({ country: 'AT', addressCountry: 'FR', taxId: 'ATU13585627' }))).toBe(false);
});
