import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { isStillHere } from '../people/is-still-here.ts';

const schema = z.object({ userId: z.uuid(), name: z.string(), url: z.url() });

/** Tells someone that the school has made an account for them, and lets them choose its password. */
export const invitationMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.invitation',
  schema,
  subject: () => 'There is an account for you',
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
    heading: 'There is an account for you',
    paragraphs: [greeting(name), 'the school has made an account for you with this address. Choose a password, and you can come in.'],
    button: { label: 'Choose a password', url },
    notes: [
      'The link works for seven days and once. After that, “Forgot your password?” on the sign-in page mails you another.',
      'If you know nothing of this school, do nothing: without a password nobody gets into the account.',
    ],
  };
}
