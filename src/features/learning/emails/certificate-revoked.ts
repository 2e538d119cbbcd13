import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), courseTitle: z.string(), reason: z.string(), url: z.url() });

/** Tells someone that a certificate of theirs was taken back, and why. */
export const certificateRevokedMail = defineMail<z.infer<typeof schema>>({
  kind: 'learning.certificateRevoked',
  secret: false,
  schema,
  subject: ({ courseTitle }) => `Your certificate for “${courseTitle}” was revoked`,
  letter,
  example: {
    name: 'Ada Lovelace',
    courseTitle: 'Strength training, the calm way',
    reason: 'The final exercise was somebody else’s work.',
    url: 'https://school.example/certificates/LYC-7K3M-9PXA-20QV',
  },
});

function letter({ name, courseTitle, reason, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A certificate was revoked',
    paragraphs: [
      greeting(name),
      `your certificate for “${courseTitle}” does not hold any more. The reason:`,
      ...reason.split(/\n+/),
      'Its page says that it is revoked, and since when. It does not say why.',
    ],
    button: { label: 'See the certificate', url },
    notes: ['Your progress in the course is untouched. If you think this is a mistake, write to who teaches the course.'],
  };
}
