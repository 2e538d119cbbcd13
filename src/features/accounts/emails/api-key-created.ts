import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), keyName: z.string(), start: z.string(), settingsUrl: z.url() });

/** Tells someone that an API key was made for their account, in case it was not they who did. */
export const apiKeyCreatedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.apiKeyCreated',
  schema,
  subject: () => 'You have a new API key',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', keyName: 'Reports', start: 'lyc_Zk3b', settingsUrl: 'https://school.example/settings/api-keys' },
});

function letter({ name, keyName, start, settingsUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A new API key',
    paragraphs: [
      greeting(name),
      `an API key named “${keyName}” was just made for your account. It begins with ${start}. If that was you, all is well.`,
    ],
    button: { label: 'Look at your keys', url: settingsUrl },
    notes: ['If it was not you, revoke the key and choose a new password: someone else is signed in as you.'],
  };
}
