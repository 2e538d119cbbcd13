import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), url: z.url() });

/** Tells someone that they may come in again. */
export const suspensionLiftedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.suspensionLifted',
  schema,
  subject: () => 'Your account is open again',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', url: 'https://school.example/sign-in' },
});

function letter({ name, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your account is open again',
    paragraphs: [greeting(name), 'you may sign in to the school again. Everything is where you left it.'],
    button: { label: 'Sign in', url },
  };
}
