import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({
  name: z.string(),
  /** Who let them in. */
  by: z.string(),
  courseTitle: z.string(),
  /** On the reader's own clock; null for good. */
  until: z.string().nullable(),
  courseUrl: z.url(),
});

/** Tells someone that they were let into a course. */
export const accessGivenMail = defineMail<z.infer<typeof schema>>({
  kind: 'learning.accessGiven',
  secret: false,
  schema,
  subject: ({ courseTitle }) => `“${courseTitle}” is open to you`,
  letter,
  example: {
    name: 'Ada Lovelace',
    by: 'Grace Hopper',
    courseTitle: 'Strength training, the calm way',
    until: null,
    courseUrl: 'https://school.example/learn/strength-training',
  },
});

function letter({ name, by, courseTitle, until, courseUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A course is open to you',
    paragraphs: [
      greeting(name),
      `${by} has let you into “${courseTitle}”.${until ? ` It is open to you until ${until}.` : ' It stays open to you.'}`,
    ],
    button: { label: 'Open the course', url: courseUrl },
  };
}
