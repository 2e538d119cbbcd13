import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), forgotPasswordUrl: z.url() });

/** Tells someone that their recovery codes were replaced, in case it was not they who did it. */
export const recoveryCodesMadeMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.recoveryCodesMade',
  schema,
  subject: () => 'You have new recovery codes',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', forgotPasswordUrl: 'https://school.example/forgot-password' },
});

function letter({ name, forgotPasswordUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'You have new recovery codes',
    paragraphs: [
      greeting(name),
      'new recovery codes were just made for your account. The ones before do not work anymore.',
      'If that was you, all is well. Keep the new ones where you find them without your phone.',
    ],
    notes: [{ text: 'If it was not you, choose a new password at once:', url: forgotPasswordUrl }],
  };
}
