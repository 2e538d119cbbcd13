import { z } from 'zod';
import type { UserId } from '#platform/ids.ts';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { isNotificationWanted } from '../preferences/notification-preferences.ts';

const schema = z.object({
  userId: z.uuid(),
  name: z.string(),
  decision: z.enum(['APPROVED', 'REFUSED']),
  answer: z.string(),
  url: z.url(),
});

/** Tells someone who asked to teach what the school answers. */
export const applicationDecidedMail = defineMail<z.infer<typeof schema>>({
  kind: 'accounts.applicationDecided',
  schema,
  subject: ({ decision }) => (decision === 'APPROVED' ? 'You may teach here' : 'Your wish to teach here'),
  letter,
  stillWanted: (ctx, { userId }) => isNotificationWanted(ctx, { userId: userId as UserId, kind: 'teachingAnswered', channel: 'email' }),
  secret: false,
  example: {
    userId: '01975b7a-0000-7000-8000-000000000001',
    name: 'Ada Lovelace',
    decision: 'APPROVED',
    answer: 'We look forward to your course on engines that weave algebra.',
    url: 'https://school.example/studio',
  },
});

function letter({ name, decision, answer, url }: z.infer<typeof schema>): Letter {
  const answered = answer ? ['The school writes:', ...answer.split(/\n+/)] : [];
  if (decision === 'APPROVED') {
    return {
      heading: 'You may teach here',
      paragraphs: [
        greeting(name),
        'you asked to teach, and the answer is yes: you are an instructor now. Courses are made in the studio, and nobody sees yours before you publish it.',
        ...answered,
      ],
      button: { label: 'Make your first course', url },
      notes: ['What learners read about you as an instructor stands in your settings, under Teaching.'],
    };
  }
  return {
    heading: 'Not this time',
    paragraphs: [greeting(name), 'you asked to teach, and the answer is no for now.', ...answered],
    notes: ['You may ask again whenever you have something to add:', url],
  };
}
