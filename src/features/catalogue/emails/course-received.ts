import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), by: z.string(), formerOwner: z.string(), courseTitle: z.string(), studioUrl: z.url() });

/** Tells somebody that a course is theirs from now on. */
export const courseReceivedMail = defineMail<z.infer<typeof schema>>({
  kind: 'catalogue.courseReceived',
  schema,
  subject: ({ courseTitle }) => `“${courseTitle}” is yours now`,
  letter,
  secret: false,
  example: {
    name: 'Ada Lovelace',
    by: 'Grace Hopper',
    formerOwner: 'Grace Hopper',
    courseTitle: 'Strength training, the calm way',
    studioUrl: 'https://school.example/studio/courses/strength-training',
  },
});

function letter({ name, by, formerOwner, courseTitle, studioUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A course is yours now',
    paragraphs: [
      greeting(name),
      `${by} has handed “${courseTitle}” over to you. You are its owner: who teaches it, and what it costs, is for you to say.`,
      `${formerOwner} goes on teaching it, as co-instructor in your former place.`,
    ],
    button: { label: 'Open it in the studio', url: studioUrl },
  };
}
