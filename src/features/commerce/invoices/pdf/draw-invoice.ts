import type { Typefaces } from '#platform/fonts/typefaces.ts';
import { type Cell, inks, newSheet, page, type Sheet } from './sheet.ts';

/** An invoice, a credit note or a receipt, in the words that are printed. */
export interface PrintedInvoice {
  kind: 'Invoice' | 'Credit note' | 'Receipt';
  number: string;
  facts: { label: string; value: string }[];
  seller: { name: string; lines: string[] };
  buyer: { name: string; lines: string[] };
  rows: { title: string; quantity: string; price: string; discount: string; total: string }[];
  sums: { label: string; value: string; isTotal?: boolean }[];
  notes: string[];
  /** Where the order can be seen, without the protocol. */
  place: string;
  issuedAt: Date;
}

const columnsOf = (hasDiscount: boolean) => {
  const numbers = (right: number, width: number) => ({ x: right - width, width, align: 'right' as const });
  const total = numbers(page.right, 88);
  const discount = numbers(total.x - 8, 74);
  const price = numbers(hasDiscount ? discount.x - 8 : total.x - 8, 84);
  const quantity = numbers(price.x - 8, 52);
  return { title: { x: page.left, width: quantity.x - page.left - 14 }, quantity, price, discount, total };
};

/** Draws it and gives the PDF; on further pages its columns are headed again. */
export function drawInvoice(invoice: PrintedInvoice, faces: Typefaces): Promise<Buffer> {
  const { kind, number, seller, place, issuedAt } = invoice;
  const sheet = newSheet({
    title: `${kind} ${number}`,
    author: seller.name,
    subject: `${kind} ${number} of ${seller.name}`,
    createdAt: issuedAt,
    faces,
    elsewhere: 'see the order’s page',
  });
  writeHead(sheet, invoice, faces);
  writeParties(sheet, invoice, faces);
  writeRows(sheet, invoice);
  writeSums(sheet, invoice, faces);
  writeNotes(sheet, invoice);
  return sheet.finish(`${kind} ${number}   ·   ${place}`);
}

function writeHead(sheet: Sheet, { kind, seller }: PrintedInvoice, faces: Typefaces): void {
  sheet.write('P', { text: seller.name, face: faces.serif, size: 15, width: 270 }, page.top + 5);
  sheet.write(
    'H1',
    { text: kind, face: faces.serif, size: 25, color: inks.accent, x: 330, width: page.right - 330, align: 'right' },
    page.top - 4,
  );
  sheet.y = page.top + Math.max(44, sheet.height({ text: seller.name, face: faces.serif, size: 15, width: 270 }) + 20);
  sheet.rule(inks.accent);
  sheet.y += 22;
}

function writeParties(sheet: Sheet, { seller, buyer, facts, kind }: PrintedInvoice, faces: Typefaces): void {
  const top = sheet.y;
  const ends = [
    writeParty(sheet, { heading: 'From', ...seller, x: page.left }, top),
    writeParty(sheet, { heading: kind === 'Receipt' ? 'Received from' : 'To', ...buyer, x: page.left + 164 }, top),
  ];
  let y = top;
  for (const { label, value } of facts) {
    const place = { x: page.left + 336, width: page.right - page.left - 336 };
    sheet.write('P', { text: label, size: 8, color: inks.quiet, ...place }, y);
    sheet.write('P', { text: value, face: faces.sans, ...place }, y + 11);
    y += 17 + sheet.height({ text: value, ...place });
  }
  sheet.y = Math.max(...ends, y) + 26;
}

function writeParty(sheet: Sheet, party: { heading: string; name: string; lines: string[]; x: number }, top: number): number {
  const place = { x: party.x, width: 150 };
  sheet.write('P', { text: party.heading, size: 8, color: inks.quiet, ...place }, top);
  let y = top + 13;
  for (const text of [party.name, ...party.lines].filter(Boolean)) {
    sheet.write('P', { text, ...place }, y);
    y += sheet.height({ text, ...place }) + 2;
  }
  return y;
}

function writeRows(sheet: Sheet, { rows, kind }: PrintedInvoice): void {
  const hasDiscount = rows.some(({ discount }) => discount !== '');
  const columns = columnsOf(hasDiscount);
  const head = (text: string, place: object): Cell => ({ text, size: 8, color: inks.quiet, isHead: true, ...place });
  const writeColumnHeads = () => {
    sheet.row(
      [
        head('Description', columns.title),
        head('Quantity', columns.quantity),
        head(kind === 'Credit note' ? 'Credited' : 'Price', columns.price),
        ...(hasDiscount ? [head('Discount', columns.discount)] : []),
        head('Total', columns.total),
      ],
      { before: 0, after: 6 },
    );
    sheet.rule();
  };
  sheet.beginTable();
  writeColumnHeads();
  for (const { title, quantity, price, discount, total } of rows) {
    const cells: Cell[] = [
      { text: title, ...columns.title },
      { text: quantity, ...columns.quantity },
      { text: price, ...columns.price },
      ...(hasDiscount ? [{ text: discount, ...columns.discount }] : []),
      { text: total, ...columns.total },
    ];
    if (sheet.need(sheet.height(cells[0]!) + 18)) writeColumnHeads();
    sheet.row(cells, { before: 9, after: 9 });
    sheet.rule();
  }
  sheet.endTable();
  sheet.y += 16;
}

function writeSums(sheet: Sheet, { sums }: PrintedInvoice, faces: Typefaces): void {
  sheet.need(sums.length * 20 + 10);
  const columns = columnsOf(false);
  for (const { label, value, isTotal } of sums) {
    const style = isTotal ? { face: faces.serif, size: 14 } : { color: inks.quiet };
    const amount = { text: value, ...columns.total, x: columns.total.x - 30, width: columns.total.width + 30, ...style };
    sheet.write('P', { text: label, x: 250, width: 165, align: 'right', ...style }, sheet.y);
    sheet.write('P', amount, sheet.y);
    sheet.y += isTotal ? 27 : 19;
  }
  sheet.y += 14;
}

function writeNotes(sheet: Sheet, { notes }: PrintedInvoice): void {
  for (const text of notes) {
    const words = { text, color: inks.quiet, width: 400 };
    sheet.need(sheet.height(words));
    sheet.write('P', words);
    sheet.y += sheet.height(words) + 9;
  }
}
