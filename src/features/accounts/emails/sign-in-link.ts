import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { isStillHere } from '../people/is-still-here.ts';

const schema = z.object({ userId: z.uuid(), name: z.string(), url: z.url() });

/** Lets someone in without a password. */
export const signInLinkMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.signInLink',
  schema,
  subject: () => 'Your link to sign in',
  letter,
  stillWanted: isStillHere,
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    url: 'https://school.example/magic-link/open?token=example',
  },
});

function letter({ name, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Sign in by this link',
    paragraphs: [greeting(name), 'someone, we hope you, asked for a link by which you sign in without a password.'],
    button: { label: 'Sign in', url },
    notes: [
      'The link works for 15 minutes and once. Whoever has it gets in, so do not pass it on.',
      'If you did not ask, do nothing: nobody gets in without this mail.',
    ],
  };
}
