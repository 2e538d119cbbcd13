import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), passkey: z.string(), passkeysUrl: z.url(), forgotPasswordUrl: z.url() });

/** Tells someone that there is another way into their account, in case it was not they who made it. */
export const passkeyAddedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.passkeyAdded',
  schema,
  subject: () => 'A passkey was added',
  letter,
  secret: false,
  example: {
    name: 'Ada Lovelace',
    passkey: 'Chrome on Windows',
    passkeysUrl: 'https://school.example/settings/passkeys',
    forgotPasswordUrl: 'https://school.example/forgot-password',
  },
});

function letter({ name, passkey, passkeysUrl, forgotPasswordUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A passkey was added',
    paragraphs: [
      greeting(name),
      `the passkey “${passkey}” was just added to your account. Whoever has it gets in without your password. If that was you, all is well.`,
    ],
    button: { label: 'See your passkeys', url: passkeysUrl },
    notes: [{ text: 'If it was not you, remove the passkey and choose a new password at once:', url: forgotPasswordUrl }],
  };
}
