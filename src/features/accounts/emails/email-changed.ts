import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), newEmail: z.string() });

/** Tells both addresses that the account has the new one now. */
export const emailChangedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.emailChanged',
  schema,
  subject: () => 'Your e-mail address was changed',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', newEmail: 'ada@analytical.example' },
});

function letter({ name, newEmail }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your address was changed',
    paragraphs: [
      greeting(name),
      `your account has the address ${newEmail} now: sign in with it, and expect our mails there. Other browsers were signed out.`,
    ],
    notes: ['If it was not you who confirmed this, write to the school at once.'],
  };
}
