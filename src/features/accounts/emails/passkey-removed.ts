import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), passkey: z.string(), passkeysUrl: z.url(), forgotPasswordUrl: z.url() });

/** Tells someone that a passkey of theirs works no more, in case it was not they who removed it. */
export const passkeyRemovedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.passkeyRemoved',
  schema,
  subject: () => 'A passkey was removed',
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
    heading: 'A passkey was removed',
    paragraphs: [
      greeting(name),
      `the passkey “${passkey}” was just removed from your account, and lets nobody in anymore. If that was you, all is well.`,
    ],
    button: { label: 'See your passkeys', url: passkeysUrl },
    notes: [{ text: 'If it was not you, choose a new password at once:', url: forgotPasswordUrl }],
  };
}
