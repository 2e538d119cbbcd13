import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({
  name: z.string(),
  orderNumber: z.string(),
  amount: z.string(),
  /** What it was given back for, in the amounts of the reader's locale. */
  lines: z.array(z.object({ title: z.string(), amount: z.string() })),
  /** What they lose by it. */
  ended: z.array(z.string()),
  creditNoteNumber: z.string().min(1).nullable(),
  orderUrl: z.url(),
});

/** Tells a buyer that they get money back, for what, and what ends with it. */
export const refundedMail = defineMail<z.infer<typeof schema>>({
  kind: 'commerce.refunded',
  secret: false,
  schema,
  subject: ({ amount, orderNumber }) => `${amount} of your order ${orderNumber} is on its way back`,
  letter,
  example: {
    name: 'Ada Lovelace',
    orderNumber: '2026-000042',
    amount: '$49.00',
    lines: [{ title: 'Strength training, the calm way', amount: '$49.00' }],
    ended: ['Strength training, the calm way'],
    creditNoteNumber: 'G-2026-000007',
    orderUrl: 'https://school.example/orders/2026-000042',
  },
});

function letter({ name, orderNumber, amount, lines, ended, creditNoteNumber, orderUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: `You get ${amount} back`,
    paragraphs: [
      greeting(name),
      `we have given back ${amount} of your order ${orderNumber}:`,
      ...lines.map(({ title, amount }) => `“${title}”: ${amount}`),
      'It comes the way you paid. A bank may take a few days to show it.',
      ...(ended.length > 0
        ? [`With it your access ends to ${inWords(ended)}, unless you have it another way too. Your progress is kept.`]
        : []),
    ],
    button: { label: 'See your order', url: orderUrl },
    notes: creditNoteNumber ? [`The credit note ${creditNoteNumber} waits there as PDF.`] : [],
  };
}

function inWords(titles: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(titles.map((title) => `“${title}”`));
}
