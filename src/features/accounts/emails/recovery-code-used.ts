import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), left: z.number().int(), twoStepUrl: z.url(), forgotPasswordUrl: z.url() });

/** Tells someone that a recovery code let somebody in, and how many are left. */
export const recoveryCodeUsedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.recoveryCodeUsed',
  schema,
  subject: () => 'A recovery code was used to sign in',
  letter,
  secret: false,
  example: {
    name: 'Ada Lovelace',
    left: 7,
    twoStepUrl: 'https://school.example/settings/two-step',
    forgotPasswordUrl: 'https://school.example/forgot-password',
  },
});

function letter({ name, left, twoStepUrl, forgotPasswordUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A recovery code was used',
    paragraphs: [
      greeting(name),
      `someone, we hope you, just signed in to your account with one of your recovery codes. ${inWords(left)}`,
      'If you lost your phone, set two-step sign-in up anew with the next one.',
    ],
    button: { label: 'See two-step sign-in', url: twoStepUrl },
    notes: [{ text: 'If it was not you, choose a new password at once:', url: forgotPasswordUrl }],
  };
}

function inWords(left: number): string {
  if (left === 0) return 'It was the last one.';
  return left === 1 ? 'One is left.' : `${left} are left.`;
}
