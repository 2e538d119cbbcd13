import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ userId: z.uuid(), name: z.string(), url: z.url() });

/** Asks someone who signed up to confirm that the address is theirs. */
export const verifyEmailMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.verifyEmail',
  schema,
  subject: () => 'Confirm your e-mail address',
  letter,
  stillWanted: async (ctx, { userId }) =>
    (await ctx.db.prisma.user.findUnique({ where: { id: userId }, select: { emailVerified: true } }))?.emailVerified === false,
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    url: 'https://school.example/verify-email?token=example',
  },
});

function letter({ name, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Is this your address?',
    paragraphs: [greeting(name), 'welcome. One step is left: confirm that this address is yours, and you are in.'],
    button: { label: 'Confirm my address', url },
    notes: [
      'The link works for one day.',
      'If you did not sign up, do nothing: without your confirmation nobody can use this address here.',
    ],
  };
}
