import { z } from 'zod';
import { isNotificationWanted } from '#features/accounts/index.server.ts';
import type { UserId } from '#platform/ids.ts';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({
  userId: z.uuid(),
  name: z.string(),
  courseTitle: z.string(),
  /** On the reader's own clock. */
  endsAt: z.string(),
  courseUrl: z.url(),
  settingsUrl: z.url(),
});

/** Says that somebody's access to a course ends within a week, if they want to hear of it. */
export const accessEndingMail = defineMail<z.infer<typeof schema>>({
  kind: 'notifications.accessEnding',
  secret: false,
  schema,
  subject: ({ courseTitle }) => `Your access to “${courseTitle}” ends soon`,
  letter,
  stillWanted: (ctx, { userId }) => isNotificationWanted(ctx, { userId: userId as UserId, kind: 'accessEnding', channel: 'email' }),
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    courseTitle: 'Strength training, the calm way',
    endsAt: 'May 11, 2026 at 10:00 AM GMT+2',
    courseUrl: 'https://school.example/learn/strength-training',
    settingsUrl: 'https://school.example/settings/notifications',
  },
});

function letter({ name, courseTitle, endsAt, courseUrl, settingsUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'A week left',
    paragraphs: [
      greeting(name),
      `your access to “${courseTitle}” ends on ${endsAt}.`,
      'What you did in it and your notes are kept after that, and are there again if you come back.',
    ],
    button: { label: 'Go on with the course', url: courseUrl },
    notes: [{ text: 'You can choose what we write to you about:', url: settingsUrl }],
  };
}
