import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { isStillHere } from '../people/is-still-here.ts';

const schema = z.object({ userId: z.uuid(), name: z.string() });

/** Tells the owner of an address that somebody wanted it for another account, so that the page need not say that it is taken. */
export const emailChangeTakenMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.emailChangeTaken',
  schema,
  subject: () => 'Someone wanted your address for their account',
  letter,
  stillWanted: isStillHere,
  secret: false,
  example: { userId: '01975b7a-0000-7000-8000-000000000001', name: 'Ada Lovelace' },
});

function letter({ name }: z.infer<typeof schema>): Letter {
  return {
    heading: 'This address is yours, and stays yours',
    paragraphs: [
      greeting(name),
      'someone tried to give this address to another account. It belongs to yours, so nothing was changed, and they were not told.',
    ],
    notes: [
      'Was it you, with a second account? Close one of the two, and the address is free for the other.',
      'If it was not you, you need do nothing.',
    ],
  };
}
