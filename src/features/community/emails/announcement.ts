import { z } from 'zod';
import { isNotificationWanted } from '#features/accounts/index.server.ts';
import type { UserId } from '#platform/ids.ts';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({
  userId: z.uuid(),
  name: z.string(),
  /** Who wrote it. */
  by: z.string(),
  courseTitle: z.string(),
  title: z.string(),
  /** As they were written; Markdown reads as text. */
  paragraphs: z.array(z.string()),
  courseUrl: z.url(),
  settingsUrl: z.url(),
});

/** Brings an announcement of a course to one of its students, if they want to hear of them. */
export const announcementMail = defineMail<z.infer<typeof schema>>({
  kind: 'community.announcement',
  secret: false,
  schema,
  subject: ({ title, courseTitle }) => `${title} (${courseTitle})`,
  letter,
  stillWanted: (ctx, { userId }) => isNotificationWanted(ctx, { userId: userId as UserId, kind: 'announcement', channel: 'email' }),
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    by: 'Grace Hopper',
    courseTitle: 'Strength training, the calm way',
    title: 'A new chapter on carrying things',
    paragraphs: ['The last chapter is there now.', 'It is about what you carry every day.'],
    courseUrl: 'https://school.example/learn/strength-training',
    settingsUrl: 'https://school.example/settings/notifications',
  },
});

function letter({ name, by, courseTitle, title, paragraphs, courseUrl, settingsUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: title,
    paragraphs: [greeting(name), `${by} writes to all who learn in “${courseTitle}”:`, ...paragraphs],
    button: { label: 'Open the course', url: courseUrl },
    notes: [{ text: 'You can choose what we write to you about:', url: settingsUrl }],
  };
}
