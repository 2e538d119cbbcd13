import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), courseTitle: z.string(), missing: z.array(z.string()), studioUrl: z.url() });

/** Tells an instructor that their course could not be published at the moment they chose, and what it lacks. */
export const courseNotPublishedMail = defineMail<z.infer<typeof schema>>({
  kind: 'catalogue.courseNotPublished',
  schema,
  subject: ({ courseTitle }) => `“${courseTitle}” could not be published`,
  letter,
  secret: false,
  example: {
    name: 'Ada Lovelace',
    courseTitle: 'Strength training, the calm way',
    missing: ['a description'],
    studioUrl: 'https://school.example/studio/courses/strength-training/publish',
  },
});

function letter({ name, courseTitle, missing, studioUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your course is still a draft',
    paragraphs: [
      greeting(name),
      `“${courseTitle}” was to be published by now, but something is missing: it needs ${missing.join(' and ')}.`,
      'Nothing is lost. Add what is missing, and publish it or choose another moment.',
    ],
    button: { label: 'Mend it in the studio', url: studioUrl },
  };
}
