import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), forgotPasswordUrl: z.url() });

/** Tells someone that they are asked for a second step from now on, in case it was not they who wanted it. */
export const secondFactorOnMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.secondFactorOn',
  schema,
  subject: () => 'Two-step sign-in is on',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', forgotPasswordUrl: 'https://school.example/forgot-password' },
});

function letter({ name, forgotPasswordUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Two-step sign-in is on',
    paragraphs: [
      greeting(name),
      'from now on, signing in also asks for a code from your authenticator app.',
      'Keep your recovery codes where you find them without your phone: each gets you in once.',
    ],
    notes: [{ text: 'If it was not you, choose a new password at once:', url: forgotPasswordUrl }],
  };
}
