import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), forgotPasswordUrl: z.url() });

/** Tells someone that they are not asked for a second step anymore, in case it was not they who wanted that. */
export const secondFactorOffMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.secondFactorOff',
  schema,
  subject: () => 'Two-step sign-in is off',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', forgotPasswordUrl: 'https://school.example/forgot-password' },
});

function letter({ name, forgotPasswordUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Two-step sign-in is off',
    paragraphs: [
      greeting(name),
      'two-step sign-in was just switched off for your account. Signing in no longer asks for a code.',
      'If that was you, all is well. You can remove the account from your authenticator app, and throw the recovery codes away.',
    ],
    notes: [{ text: 'If it was not you, choose a new password at once:', url: forgotPasswordUrl }],
  };
}
