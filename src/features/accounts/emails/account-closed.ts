import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string() });

/** The last mail to someone whose account is closed. */
export const accountClosedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.accountClosed',
  schema,
  subject: () => 'Your account is closed',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace' },
});

function letter({ name }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your account is closed',
    paragraphs: [
      greeting(name),
      'your account is closed. Your name, your address and what your profile said are gone, and nobody can sign in with it anymore.',
      'What others rely on stays, under the name “Former member”: posts, reviews, and the books of what was bought.',
    ],
    notes: ['This is the last mail we send you. If you miss us, you may sign up again at any time, as someone new.'],
  };
}
