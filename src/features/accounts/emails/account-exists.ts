import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { isStillHere } from '../people/is-still-here.ts';

const schema = z.object({ userId: z.uuid(), name: z.string(), signInUrl: z.url(), forgotPasswordUrl: z.url() });

/** Answers a sign-up with an address that already has an account, so that the page need not say so. */
export const accountExistsMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.accountExists',
  schema,
  subject: () => 'You already have an account',
  letter,
  stillWanted: isStillHere,
  secret: false,
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    signInUrl: 'https://school.example/sign-in',
    forgotPasswordUrl: 'https://school.example/forgot-password',
  },
});

function letter({ name, signInUrl, forgotPasswordUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'You already have an account',
    paragraphs: [
      greeting(name),
      'someone, we hope you, just signed up with this address. It already has an account, so nothing was changed: sign in as you always do.',
    ],
    button: { label: 'Sign in', url: signInUrl },
    notes: [{ text: 'Forgot the password? Choose a new one:', url: forgotPasswordUrl }, 'If it was not you, you need do nothing.'],
  };
}
