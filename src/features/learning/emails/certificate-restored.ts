import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), courseTitle: z.string(), url: z.url() });

/** Tells someone that a certificate of theirs holds again. */
export const certificateRestoredMail = defineMail<z.infer<typeof schema>>({
  kind: 'learning.certificateRestored',
  secret: false,
  schema,
  subject: ({ courseTitle }) => `Your certificate for “${courseTitle}” holds again`,
  letter,
  example: {
    name: 'Ada Lovelace',
    courseTitle: 'Strength training, the calm way',
    url: 'https://school.example/certificates/LYC-7K3M-9PXA-20QV',
  },
});

function letter({ name, courseTitle, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your certificate holds again',
    paragraphs: [
      greeting(name),
      `your certificate for “${courseTitle}” was revoked, and is restored now: its page says again that it is valid, under the same code.`,
    ],
    button: { label: 'See the certificate', url },
  };
}
