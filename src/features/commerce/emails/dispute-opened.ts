import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import type { Letter } from '#platform/mail-layout.ts';

const schema = z.object({ orderNumber: z.string(), amount: z.string(), provider: z.string(), reason: z.string(), orderUrl: z.url() });

/** Tells the school that a buyer's bank calls a payment back, which has to be answered at the provider within days. */
export const disputeOpenedMail = defineMail<z.infer<typeof schema>>({
  kind: 'commerce.disputeOpened',
  secret: false,
  schema,
  subject: ({ orderNumber }) => `The payment of order ${orderNumber} is disputed`,
  letter,
  example: {
    orderNumber: '2026-000042',
    amount: '$49.00',
    provider: 'stripe',
    reason: 'fraudulent',
    orderUrl: 'https://school.example/admin/orders/2026-000042',
  },
});

function letter({ orderNumber, amount, provider, reason, orderUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A payment is disputed',
    paragraphs: [
      'Hello,',
      `the buyer’s bank calls ${amount} of order ${orderNumber} back. The reason it gives: ${reason}.`,
      `What was bought is suspended until the bank decides. Answer at ${provider}’s own pages, and soon: the time for it is short.`,
    ],
    button: { label: 'See the order', url: orderUrl },
  };
}
