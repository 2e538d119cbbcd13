import { type Typefaces, typefaceFor } from '#platform/fonts/typefaces.ts';
import { formatMoney } from '#platform/money.ts';
import type { PrintedInvoice } from './pdf/draw-invoice.ts';
import type { InvoiceSnapshot } from './snapshot.ts';

/** A row of `invoices`, as far as it is printed. */
export interface KeptInvoice {
  kind: 'INVOICE' | 'CREDIT_NOTE';
  number: string;
  issuedAt: Date;
  currency: string;
  net: number;
  tax: number;
  total: number;
  snapshot: InvoiceSnapshot;
}

/** How it was paid, for a receipt. */
export interface PaidBy {
  method: string;
  paidAt: Date;
}

const long = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
const countries = new Intl.DisplayNames('en', { type: 'region' });

/** The words of an invoice or a credit note; with `paid`, those of a receipt. Amounts are written as the buyer writes them, where the typefaces have the digits for it. */
export function printInvoice(
  kept: KeptInvoice,
  { place, faces, paid }: { place: string; faces: Typefaces; paid?: PaidBy | null },
): PrintedInvoice {
  const invoice = { ...kept, snapshot: { ...kept.snapshot, locale: localeOnPaper(kept, faces) } };
  const { snapshot, number, issuedAt } = invoice;
  const { seller, buyer } = snapshot;
  const kind = paid ? 'Receipt' : invoice.kind === 'INVOICE' ? 'Invoice' : 'Credit note';
  return {
    kind,
    number: paid ? snapshot.orderNumber : number,
    facts: factsOf(invoice, paid),
    seller: {
      name: seller.name || 'Lyceum',
      lines: [...seller.address.split('\n'), countryName(seller.country), seller.taxId ? `Tax number ${seller.taxId}` : '', seller.email],
    },
    buyer: {
      name: buyer.name,
      lines: [...buyer.address, countryName(buyer.country), buyer.taxId ? `Tax number ${buyer.taxId}` : '', buyer.email],
    },
    rows: snapshot.lines.map((line) => ({
      title: line.title,
      quantity: new Intl.NumberFormat(snapshot.locale).format(line.quantity),
      price: money(invoice, line.price),
      discount: line.discount > 0 ? money(invoice, -line.discount) : '',
      total: money(invoice, line.price - line.discount),
    })),
    sums: sumsOf(invoice, kind),
    notes: notesOf(snapshot),
    place,
    issuedAt,
  };
}

function localeOnPaper({ currency, snapshot }: KeptInvoice, faces: Typefaces): string {
  const sample = formatMoney({ minor: -1_234_567_890, currency }, snapshot.locale).replaceAll(/[\s\u200e\u200f\u061c]/g, '');
  return typefaceFor(sample, faces.sans, faces) ? snapshot.locale : 'en';
}

function money({ currency, snapshot }: KeptInvoice, minor: number): string {
  return formatMoney({ minor, currency }, snapshot.locale);
}

function countryName(code: string | null): string {
  return code ? (countries.of(code) ?? code) : '';
}

function factsOf({ number, issuedAt, snapshot }: KeptInvoice, paid?: PaidBy | null): PrintedInvoice['facts'] {
  const { corrects, orderNumber, paidAt } = snapshot;
  if (paid) {
    return [
      { label: 'Order', value: orderNumber },
      { label: 'Paid on', value: long.format(paid.paidAt) },
      { label: 'Paid by', value: paid.method },
      { label: 'Invoice', value: number },
    ];
  }
  return [
    { label: 'Number', value: number },
    { label: 'Date', value: long.format(issuedAt) },
    { label: 'Order', value: orderNumber },
    ...(corrects ? [{ label: 'Corrects', value: `Invoice ${corrects.number} of ${long.format(new Date(corrects.issuedAt))}` }] : []),
    ...(!corrects && paidAt ? [{ label: 'Paid on', value: long.format(new Date(paidAt)) }] : []),
  ];
}

function sumsOf(invoice: KeptInvoice, kind: PrintedInvoice['kind']): PrintedInvoice['sums'] {
  const { snapshot, net, total } = invoice;
  const { originalAmount, subtotal, discount, taxes, taxIncluded } = snapshot;
  const reduced = originalAmount - subtotal;
  const taxLines = taxes.map(({ name, rateBasisPoints, amount }) => ({
    label: rateBasisPoints === null ? name : `${name} ${percent(rateBasisPoints, snapshot.locale)}`,
    value: money(invoice, amount),
  }));
  const totalLine = {
    label: kind === 'Credit note' ? 'Credited' : kind === 'Receipt' ? 'Paid' : 'Total',
    value: money(invoice, total),
    isTotal: true,
  };
  const netLine = { label: 'Net', value: money(invoice, net) };
  const before = [
    ...(reduced > 0
      ? [
          { label: 'Regular price', value: money(invoice, originalAmount) },
          { label: 'Price reduction', value: money(invoice, -reduced) },
        ]
      : []),
    ...(discount > 0
      ? [
          { label: 'Subtotal', value: money(invoice, subtotal) },
          { label: 'Discount', value: money(invoice, -discount) },
        ]
      : []),
  ];
  if (taxes.length === 0) return [...before, totalLine];
  if (!taxIncluded) return [...before, netLine, ...taxLines, totalLine];
  return [
    ...before,
    totalLine,
    { ...netLine, label: 'Included: net' },
    ...taxLines.map((line) => ({ ...line, label: `Included: ${line.label}` })),
  ];
}

function percent(basisPoints: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}

const reverseCharge = 'Reverse charge: the recipient owes the tax (Article 196 of Council Directive 2006/112/EC).';

function notesOf({ corrects, note, ...snapshot }: InvoiceSnapshot): string[] {
  return [corrects ? `Reason: ${corrects.reason}` : '', snapshot.reverseCharge ? reverseCharge : '', note].filter(
    (text) => text.trim() !== '',
  );
}
