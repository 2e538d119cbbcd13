import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Typefaces, typefaces } from '#platform/fonts/typefaces.ts';
import { drawInvoice } from './pdf/draw-invoice.ts';
import { type KeptInvoice, type PaidBy, printInvoice } from './print-invoice.ts';
import type { InvoiceSnapshot } from './snapshot.ts';

const place = 'school.example/orders/2026-000042';
const snapshot: InvoiceSnapshot = {
  locale: 'en-US',
  seller: {
    name: 'The Calm School',
    address: 'Quay 4\n10115 Berlin',
    country: 'DE',
    taxId: 'DE123456789',
    email: 'billing@school.example',
  },
  buyer: { name: 'Ada Lovelace', email: 'ada@example.com', address: ['Loom Street 1', 'EC1A London'], country: 'GB', taxId: null },
  orderNumber: '2026-000042',
  orderedAt: '2026-05-04T09:00:00.000Z',
  paidAt: '2026-05-04T09:05:00.000Z',
  lines: [
    { title: 'Looms & algebra', quantity: 1, price: 4900, discount: 490, tax: 704, total: 4410 },
    { title: 'Strength training', quantity: 3, price: 8700, discount: 0, tax: 1389, total: 8700 },
  ],
  taxIncluded: true,
  originalAmount: 14_600,
  subtotal: 13_600,
  discount: 490,
  taxes: [{ name: 'VAT', rateBasisPoints: 1900, amount: 2093 }],
  reverseCharge: false,
  note: 'Thank you.',
  corrects: null,
};
const invoice: KeptInvoice = {
  kind: 'INVOICE',
  number: 'R-2026-000007',
  issuedAt: new Date('2026-05-04T09:05:00Z'),
  currency: 'EUR',
  net: 11_017,
  tax: 2093,
  total: 13_110,
  snapshot,
};

let faces: Typefaces;
beforeAll(async () => {
  faces = await typefaces();
});

/** What a program reads in the paper. */
async function read(wish: Partial<KeptInvoice> & { says?: Partial<InvoiceSnapshot> }, paid?: PaidBy) {
  const { says, ...columns } = wish;
  const bytes = await drawInvoice(
    printInvoice({ ...invoice, ...columns, snapshot: { ...snapshot, ...says } }, { place, faces, paid }),
    faces,
  );
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: true });
  return { bytes, pdf, text: text.replaceAll(/\s+/g, ' ') };
}

describe('an invoice on paper', () => {
  test('says who sold what to whom, when, and what it came to', async () => {
    const { text, pdf, bytes } = await read({});
    expect(pdf.numPages).toBe(1);
    for (const words of [
      'Invoice',
      'R-2026-000007',
      'May 4, 2026',
      '2026-000042',
      'The Calm School Quay 4 10115 Berlin Germany Tax number DE123456789',
      'Ada Lovelace Loom Street 1 EC1A London United Kingdom ada@example.com',
      'Looms & algebra 1 €49.00 -€4.90 €44.10',
      'Strength training 3 €87.00',
      'Regular price €146.00 Price reduction -€10.00 Subtotal €136.00 Discount -€4.90',
      'Total €131.10 Included: net €110.17 Included: VAT 19% €20.93',
      'Thank you.',
      '1 / 1',
    ])
      expect(text).toContain(words);
    expect(bytes.length).toBeLessThan(120_000);
  });

  test('adds the tax where prices do not hold it, each part of it on its own line', async () => {
    const taxes = [
      { name: 'CGST', rateBasisPoints: 900, amount: 4405 },
      { name: 'SGST', rateBasisPoints: 900, amount: 4405 },
    ];
    const says = { taxes, taxIncluded: false, locale: 'en-IN', originalAmount: 48_950, subtotal: 48_950, discount: 0 };
    const { text } = await read({ currency: 'INR', net: 48_950, tax: 8810, total: 57_760, says });
    expect(text).toContain('Net ₹489.50 CGST 9% ₹44.05 SGST 9% ₹44.05 Total ₹577.60');
  });

  test.each([
    ['yen, which have no decimals', 'JPY', 'ja-JP', '¥13,110'],
    ['dinars, which have three', 'KWD', 'en', 'KWD 13.110'],
    ['euros as Germans write them', 'EUR', 'de-DE', '131,10 €'],
    ['euros as the French write them', 'EUR', 'fr-FR', '131,10 €'],
    ['pounds where digits are Arabic, which the typefaces have not', 'EGP', 'ar-EG', 'EGP 131.10'],
  ])('writes %s', async (_, currency, locale, total) => {
    const { text } = await read({ currency, says: { locale, taxes: [] } });
    expect(text).toContain(`Total ${total}`);
  });

  test('says that the recipient owes the tax where it is reversed', async () => {
    const buyer = { ...snapshot.buyer, taxId: 'FR12345678901' };
    const { text } = await read({ tax: 0, net: 13_110, says: { taxes: [], reverseCharge: true, buyer } });
    expect(text).toContain('Tax number FR12345678901');
    expect(text).toContain('Reverse charge: the recipient owes the tax');
  });

  test('goes on over pages when much was bought, its columns headed again and nothing over the edge', async () => {
    const lines = Array.from({ length: 70 }, (_, index) => ({
      ...snapshot.lines[0]!,
      title: `Course ${index + 1} of a long list of courses with a title that is longer than its column is wide`,
    }));
    const { pdf, text } = await read({ says: { lines } });
    expect(pdf.numPages).toBeGreaterThan(2);
    expect(text.match(/Description/g)).toHaveLength(pdf.numPages);
    expect(text).toContain('Course 70 of');
    expect(text).toContain(`${pdf.numPages} / ${pdf.numPages}`);
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      for (const item of items) {
        if (!('transform' in item) || item.str.trim() === '') continue;
        const [left, bottom] = [item.transform[4] as number, item.transform[5] as number];
        expect([item.str, left >= 55, left + item.width < 541, bottom > 30, bottom < 800]).toEqual([item.str, true, true, true, true]);
      }
    }
  });

  test('says what it is to machines, a table where there is one', async () => {
    const { pdf } = await read({});
    expect((await getMeta(pdf)).info).toMatchObject({ Title: 'Invoice R-2026-000007', Author: 'The Calm School', Language: 'en-US' });
    const tree = await (await pdf.getPage(1)).getStructTree();
    const roles = (node: { role?: string; children?: object[] }): string[] => [
      ...(node.role ? [node.role] : []),
      ...(node.children ?? []).flatMap((child) => roles(child)),
    ];
    const all = roles(tree as object);
    expect(all.filter((role) => role === 'TR')).toHaveLength(3);
    expect(all).toContain('H1');
    expect(all.filter((role) => role === 'TH')).toHaveLength(5);
  });

  test('leads to the order’s page where it has no letters for a name', async () => {
    const { text } = await read({ says: { buyer: { ...snapshot.buyer, name: 'मीरा शर्मा' } } });
    expect(text).toContain('To see the order’s page Loom Street 1');
  });

  test('is the same, byte for byte, for the same row', async () => {
    expect((await read({})).bytes.equals((await read({})).bytes)).toBe(true);
  });
});

test('a credit note names the invoice it corrects, and why', async () => {
  const corrects = { number: 'R-2026-000007', issuedAt: '2026-05-04T09:05:00.000Z', reason: 'Bought twice' };
  const says = {
    corrects,
    lines: [{ ...snapshot.lines[0]!, price: 4410, discount: 0 }],
    originalAmount: 4410,
    subtotal: 4410,
    discount: 0,
  };
  const { text } = await read({ kind: 'CREDIT_NOTE', number: 'G-2026-000001', total: 4410, net: 3706, tax: 704, says });
  expect(text).toContain('Credit note');
  expect(text).toContain('Invoice R-2026-000007 of May 4, 2026');
  expect(text).toContain('Credited €44.10');
  expect(text).toContain('Reason: Bought twice');
});

test('a receipt says how and when it was paid', async () => {
  const { text } = await read({}, { method: 'Bank transfer', paidAt: new Date('2026-05-06T10:00:00Z') });
  for (const words of ['Receipt', 'Paid on May 6, 2026', 'Paid by Bank transfer', 'Paid €131.10']) expect(text).toContain(words);
});
