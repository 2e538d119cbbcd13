import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), reason: z.string(), until: z.iso.datetime().nullable() });

/** Tells someone that they cannot come in for a while, why, and until when. */
export const accountSuspendedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.accountSuspended',
  schema,
  subject: () => 'Your account is suspended',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', reason: 'Advertising in the course discussions, after two warnings.', until: '2026-12-24T23:00:00Z' },
});

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

function letter({ name, reason, until }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your account is suspended',
    paragraphs: [
      greeting(name),
      until
        ? `you cannot sign in to the school until ${moment.format(new Date(until))} UTC.`
        : 'you cannot sign in to the school until an admin lets you in again.',
      'The reason:',
      ...reason.split(/\n+/),
    ],
    notes: ['Your courses, progress and purchases are kept. If you think this is a mistake, write to the school.'],
  };
}
