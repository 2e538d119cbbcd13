/** What an invoice or a credit note says, as it was when it was issued: nothing that changes later changes it. */
export interface InvoiceSnapshot {
  /** The buyer's, for amounts and days. */
  locale: string;
  seller: { name: string; address: string; country: string | null; taxId: string | null; email: string };
  buyer: { name: string; email: string; address: string[]; country: string | null; taxId: string | null };
  orderNumber: string;
  /** When the order was placed and when it was paid, by ISO 8601. */
  orderedAt: string;
  paidAt: string | null;
  lines: InvoiceLine[];
  taxIncluded: boolean;
  /** Before any discount. */
  originalAmount: number;
  subtotal: number;
  discount: number;
  taxes: { name: string; rateBasisPoints: number | null; amount: number }[];
  reverseCharge: boolean;
  /** What the school writes on every invoice. */
  note: string;
  /** Of a credit note: the invoice that it corrects, and why. */
  corrects: { number: string; issuedAt: string; reason: string } | null;
}

export interface InvoiceLine {
  title: string;
  quantity: number;
  price: number;
  discount: number;
  tax: number;
  total: number;
}

/** The number as it is printed: the series and six digits. */
export function invoiceNumber(series: string, number: number): string {
  return `${series}-${String(number).padStart(6, '0')}`;
}
