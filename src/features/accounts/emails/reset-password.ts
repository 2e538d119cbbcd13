import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { isStillHere } from '../people/is-still-here.ts';

const schema = z.object({ userId: z.uuid(), name: z.string(), url: z.url() });

/** Lets someone who forgot their password choose a new one. */
export const resetPasswordMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.resetPassword',
  schema,
  subject: () => 'Choose a new password',
  letter,
  stillWanted: isStillHere,
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    url: 'https://school.example/reset-password?token=example',
  },
});

function letter({ name, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Choose a new password',
    paragraphs: [greeting(name), 'someone, we hope you, asked for a new password for your account.'],
    button: { label: 'Choose a new password', url },
    notes: ['The link works for one hour and once.', 'If you did not ask, do nothing: your password stays as it is.'],
  };
}
