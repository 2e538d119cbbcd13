import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, holdsAddress, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({
  recipientName: z.string().min(1).nullable(),
  /** Who gives it. */
  from: z.string(),
  title: z.string(),
  message: z.string().min(1).nullable(),
  code: z.string(),
  giftUrl: z.url(),
});

/** Brings a gift to whom it is for. Whoever has its code has the gift, so that its words stay out of the log of mails. */
export const giftMail = defineMail<z.infer<typeof schema>>({
  kind: 'commerce.gift',
  schema,
  subject: ({ from }) => `${giverOf(from)} has a gift for you`,
  letter,
  example: {
    recipientName: 'Ada',
    from: 'Grace Hopper',
    title: 'Strength training, the calm way',
    message: 'For all the evenings you spent with my looms.',
    code: '7K3M-9PXA-20QD-4VHT',
    giftUrl: 'https://school.example/gifts/7K3M-9PXA-20QD-4VHT',
  },
});

const giverOf = (from: string) => (holdsAddress(from) ? 'Somebody' : from);

function letter({ recipientName, from, title, message, code, giftUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A gift for you',
    paragraphs: [
      recipientName ? greeting(recipientName) : 'Hello,',
      `${giverOf(from)} gives you “${title}”.`,
      ...(message ? [`“${message}”`] : []),
      'Open it with the button, and make an account if you have none yet. There is nothing to pay.',
    ],
    button: { label: 'Open the gift', url: giftUrl },
    notes: [`Its code is ${code}. It can be redeemed once: pass it on only if you give it away.`],
  };
}
