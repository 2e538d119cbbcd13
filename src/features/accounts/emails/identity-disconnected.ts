import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), provider: z.string(), label: z.string().optional(), settingsUrl: z.url() });

/** Tells someone that a provider opens their account no more, in case it was not they who disconnected it. */
export const identityDisconnectedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.identityDisconnected',
  schema,
  subject: ({ provider }) => `${provider} is no longer connected to your account`,
  letter,
  secret: false,
  example: {
    name: 'Ada Lovelace',
    provider: 'GitHub',
    label: 'ada-lovelace',
    settingsUrl: 'https://school.example/settings/connections',
  },
});

function letter({ name, provider, label, settingsUrl }: z.infer<typeof schema>): Letter {
  const identity = label ? `${provider} (${label})` : provider;
  return {
    heading: `${provider} no longer opens your account`,
    paragraphs: [greeting(name), `${identity} was just disconnected from your account. If that was you, all is well.`],
    notes: [{ text: 'If it was not you, see what can open your account, and choose a new password:', url: settingsUrl }],
  };
}
