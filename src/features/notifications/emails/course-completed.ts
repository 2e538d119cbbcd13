import { z } from 'zod';
import { isNotificationWanted } from '#features/accounts/index.server.ts';
import type { UserId } from '#platform/ids.ts';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({
  userId: z.uuid(),
  name: z.string(),
  courseTitle: z.string(),
  /** Absent where the course gave none that holds. */
  certificateUrl: z.url().optional(),
  dashboardUrl: z.url(),
  settingsUrl: z.url(),
});

/** Congratulates someone on a course that they have completed, if they want to hear of it. */
export const courseCompletedMail = defineMail<z.infer<typeof schema>>({
  kind: 'notifications.courseCompleted',
  secret: false,
  schema,
  subject: ({ courseTitle }) => `You have completed “${courseTitle}”`,
  letter,
  stillWanted: (ctx, { userId }) => isNotificationWanted(ctx, { userId: userId as UserId, kind: 'courseCompleted', channel: 'email' }),
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    courseTitle: 'Strength training, the calm way',
    certificateUrl: 'https://school.example/certificates/LYC-7K3M-9PXA-20QV',
    dashboardUrl: 'https://school.example/dashboard',
    settingsUrl: 'https://school.example/settings/notifications',
  },
});

function letter({ name, courseTitle, certificateUrl, dashboardUrl, settingsUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Well done',
    paragraphs: [
      greeting(name),
      `you have completed “${courseTitle}”, to the last lesson. It stays open to you: come back to it whenever you like.`,
    ],
    button: certificateUrl ? { label: 'Go to your certificate', url: certificateUrl } : { label: 'See what is next', url: dashboardUrl },
    notes: [{ text: 'You can choose what we write to you about:', url: settingsUrl }],
  };
}
