import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), courseTitle: z.string(), courseUrl: z.url() });

/** Tells an instructor that their course was published at the moment they chose. */
export const coursePublishedMail = defineMail<z.infer<typeof schema>>({
  kind: 'catalogue.coursePublished',
  schema,
  subject: ({ courseTitle }) => `“${courseTitle}” is published`,
  letter,
  secret: false,
  example: {
    name: 'Ada Lovelace',
    courseTitle: 'Strength training, the calm way',
    courseUrl: 'https://school.example/courses/strength-training',
  },
});

function letter({ name, courseTitle, courseUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your course is published',
    paragraphs: [greeting(name), `as you had planned, “${courseTitle}” is in the catalogue now, and students can join it.`],
    button: { label: 'See its page', url: courseUrl },
  };
}
