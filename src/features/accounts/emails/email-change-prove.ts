import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ changeId: z.uuid(), name: z.string(), url: z.url() });

/** Asks a new address whether it belongs to the person who wants it for their account. */
export const emailChangeProveMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.emailChangeProve',
  schema,
  subject: () => 'Confirm your new e-mail address',
  letter,
  stillWanted: async (ctx, { changeId }) => (await ctx.db.prisma.verification.count({ where: { id: changeId } })) > 0,
  example: {
    changeId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    url: 'https://school.example/confirm-email-change?token=example',
  },
});

function letter({ name, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Is this your new address?',
    paragraphs: [
      greeting(name),
      'you want your account to have this address. Confirm that it is yours. The address that you have so far is asked too.',
    ],
    button: { label: 'Confirm my new address', url },
    notes: [
      'The link works for one day.',
      'If you have no account here, someone mistyped their address: do nothing, and it stays yours alone.',
    ],
  };
}
