import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), role: z.enum(['STUDENT', 'INSTRUCTOR', 'ADMIN']), url: z.url() });

const whatItMeans = {
  STUDENT: 'you learn here as a student. Your own courses, progress and notes are as they were.',
  INSTRUCTOR: 'you may make courses now, publish them, and see how those who take them are getting on.',
  ADMIN: 'you help to run the school now: its people, its courses and its mail are in your hands too.',
};

/** Tells someone that their role in the school is another one. */
export const roleChangedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.roleChanged',
  schema,
  subject: () => 'Your role in the school has changed',
  letter,
  secret: false,
  example: { name: 'Ada Lovelace', role: 'INSTRUCTOR', url: 'https://school.example/dashboard' },
});

function letter({ name, role, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your role in the school has changed',
    paragraphs: [greeting(name), whatItMeans[role]],
    button: { label: 'Go to the school', url },
  };
}
