import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { type Letter, letterHtml, letterText } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), forgotPasswordUrl: z.url() });

/** Tells someone that their password was changed, in case it was not they who did. */
export const passwordChangedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.passwordChanged',
  schema,
  subject: () => 'Your password was changed',
  text: (input) => letterText(letter(input)),
  html: (input) => letterHtml(letter(input)),
  stillWanted: async () => true,
  example: { name: 'Ada Lovelace', forgotPasswordUrl: 'https://school.example/forgot-password' },
});

function letter({ name, forgotPasswordUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your password was changed',
    paragraphs: [`Hello ${name},`, 'your password was just changed, and every browser was signed out. If that was you, all is well.'],
    notes: [`If it was not you, choose a new password at once: ${forgotPasswordUrl}`],
  };
}
