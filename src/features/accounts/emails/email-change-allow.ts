import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ changeId: z.uuid(), name: z.string(), newEmail: z.string(), url: z.url() });

/** Asks the address that an account has whether it may get another one. */
export const emailChangeAllowMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.emailChangeAllow',
  schema,
  subject: () => 'Allow a new e-mail address?',
  letter,
  stillWanted: async (ctx, { changeId }) => (await ctx.db.prisma.verification.count({ where: { id: changeId } })) > 0,
  example: {
    changeId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    newEmail: 'ada@analytical.example',
    url: 'https://school.example/confirm-email-change?token=example',
  },
});

function letter({ name, newEmail, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Another address for your account?',
    paragraphs: [
      greeting(name),
      `someone who is signed in as you, we hope you, wants your account to have the address ${newEmail} instead of this one.`,
      'It changes once you allow it here and the new address is confirmed too.',
    ],
    button: { label: 'Allow or refuse it', url },
    notes: ['The link works for one day.', 'If it was not you, refuse it, and choose a new password: someone else is signed in as you.'],
  };
}
