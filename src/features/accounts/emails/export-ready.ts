import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { isStillHere } from '../people/is-still-here.ts';

const schema = z.object({ userId: z.uuid(), name: z.string(), url: z.url() });

/** Tells someone who asked for their data that it can be fetched. */
export const exportReadyMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.exportReady',
  schema,
  subject: () => 'Your data is ready',
  letter,
  stillWanted: isStillHere,
  secret: false,
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    url: 'https://school.example/settings/privacy',
  },
});

function letter({ name, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your data is ready',
    paragraphs: [
      greeting(name),
      'you asked for everything that the school keeps of you. It is in one archive, which is kept for seven days.',
    ],
    button: { label: 'Fetch it', url },
    notes: [
      'You have to be signed in, so that nobody else can fetch it.',
      'If it was not you who asked, choose a new password: someone else is signed in as you.',
    ],
  };
}
