import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({
  name: z.string(),
  orderNumber: z.string(),
  /** What was bought and what it came to, in words of the reader's locale. */
  lines: z.array(z.object({ title: z.string(), amount: z.string() })),
  /** The tax in the total; null for none. */
  tax: z.string().nullable(),
  total: z.string(),
  invoiceNumber: z.string().nullable(),
  orderUrl: z.url(),
});

/** Tells a buyer that their order is paid, and what they bought. */
export const receiptMail = defineMail<z.infer<typeof schema>>({
  kind: 'commerce.receipt',
  secret: false,
  schema,
  subject: ({ orderNumber }) => `Your order ${orderNumber}`,
  letter,
  example: {
    name: 'Ada Lovelace',
    orderNumber: '2026-000042',
    lines: [
      { title: 'Strength training, the calm way', amount: '$49.00' },
      { title: 'Looms & algebra', amount: '$29.00' },
    ],
    tax: '$12.45',
    total: '$78.00',
    invoiceNumber: 'R-2026-000042',
    orderUrl: 'https://school.example/orders/2026-000042',
  },
});

function letter({ name, orderNumber, lines, tax, total, invoiceNumber, orderUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Thank you for your order',
    paragraphs: [
      greeting(name),
      `your order ${orderNumber} is complete:`,
      ...lines.map(({ title, amount }) => `“${title}”: ${amount}`),
      `Total: ${total}${tax ? `, of which ${tax} is tax` : ''}.`,
    ],
    button: { label: 'See your order', url: orderUrl },
    notes: [
      invoiceNumber ? `The invoice ${invoiceNumber} and a receipt wait there as PDF.` : 'A receipt waits there as PDF.',
      'What you bought is open to you now.',
    ],
  };
}
