import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

/** `by` is null for who handed it over themself. */
const schema = z.object({ name: z.string(), by: z.string().nullable(), owner: z.string(), courseTitle: z.string(), teamUrl: z.url() });

/** Tells somebody that a course which they owned belongs to another now. */
export const courseHandedOverMail = defineMail<z.infer<typeof schema>>({
  kind: 'catalogue.courseHandedOver',
  schema,
  subject: ({ courseTitle, owner }) => `“${courseTitle}” belongs to ${owner} now`,
  letter,
  secret: false,
  example: {
    name: 'Grace Hopper',
    by: null,
    owner: 'Ada Lovelace',
    courseTitle: 'Strength training, the calm way',
    teamUrl: 'https://school.example/studio/courses/strength-training/team',
  },
});

function letter({ name, by, owner, courseTitle, teamUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Your course has another owner',
    paragraphs: [
      greeting(name),
      `${by ?? 'You'} ${by ? 'has' : 'have'} handed “${courseTitle}” over to ${owner}, who decides from now on who teaches it and what it costs.`,
      `You go on teaching it as co-instructor, in the place that ${owner} had.`,
    ],
    button: { label: 'See its team', url: teamUrl },
    notes: ['If you did not expect this, write to the school.'],
  };
}
