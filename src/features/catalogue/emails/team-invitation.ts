import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), by: z.string(), role: z.string(), courseTitle: z.string(), url: z.url() });

/** Asks someone to teach a course with its owner. */
export const teamInvitationMail = defineMail<z.infer<typeof schema>>({
  kind: 'catalogue.teamInvitation',
  schema,
  subject: ({ by, courseTitle }) => `${by} asks you to teach “${courseTitle}” together`,
  letter,
  secret: false,
  example: {
    name: 'Ada Lovelace',
    by: 'Grace Hopper',
    role: 'co-instructor',
    courseTitle: 'Strength training, the calm way',
    url: 'https://school.example/studio/invitations/01975b7a-0000-7000-8000-000000000001',
  },
});

function letter({ name, by, role, courseTitle, url }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Would you teach with them?',
    paragraphs: [greeting(name), `${by} asks you to join the team of “${courseTitle}” as ${role}. Say yes or no on the page below.`],
    button: { label: 'Answer', url },
    notes: ['Nothing happens until you answer.'],
  };
}
