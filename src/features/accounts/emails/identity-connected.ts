import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), provider: z.string(), label: z.string().optional(), settingsUrl: z.url() });

/** Tells someone that their account can be entered by a provider from now on, in case it was not they who connected it. */
export const identityConnectedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.identityConnected',
  schema,
  subject: ({ provider }) => `${provider} is connected to your account`,
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
    heading: `You can sign in with ${provider}`,
    paragraphs: [greeting(name), `${identity} was just connected to your account, and opens it from now on. If that was you, all is well.`],
    notes: [{ text: 'If it was not you, disconnect it at once and choose a new password:', url: settingsUrl }],
  };
}
