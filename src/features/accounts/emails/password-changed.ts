import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), signedOut: z.enum(['everywhere', 'others', 'nobody']), forgotPasswordUrl: z.url() });

/** Tells someone that their password was changed, in case it was not they who did. */
export const passwordChangedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.passwordChanged',
  schema,
  subject: () => 'Your password was changed',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', signedOut: 'everywhere', forgotPasswordUrl: 'https://school.example/forgot-password' },
});

const consequences = {
  everywhere: ', and every browser was signed out',
  others: ', and every other browser was signed out',
  nobody: '',
};

function letter({ name, signedOut, forgotPasswordUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your password was changed',
    paragraphs: [greeting(name), `your password was just changed${consequences[signedOut]}. If that was you, all is well.`],
    notes: [{ text: 'If it was not you, choose a new password at once:', url: forgotPasswordUrl }],
  };
}
