import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { holdsAddress, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({
  /** Who gives the seat. */
  from: z.string(),
  title: z.string(),
  seatUrl: z.url(),
});

/** Invites somebody to a seat that was bought for a team. Whoever has its link can take the seat, so that its words stay out of the log of mails. */
export const teamInvitationMail = defineMail<z.infer<typeof schema>>({
  kind: 'commerce.teamInvitation',
  schema,
  subject: ({ title }) => `A seat of “${title}” is kept for you`,
  letter,
  example: { from: 'Grace Hopper', title: 'Strength training, the calm way', seatUrl: 'https://school.example/seats/2Qd8kP' },
});

function letter({ from, title, seatUrl }: z.infer<typeof schema>): Letter {
  const giver = holdsAddress(from) ? 'Somebody' : from;
  return {
    heading: 'A seat is kept for you',
    paragraphs: [
      'Hello,',
      `${giver} has bought “${title}” for a team, and keeps a seat for you. There is nothing to pay.`,
      'Take it with the button, and make an account if you have none yet.',
    ],
    button: { label: 'Take the seat', url: seatUrl },
    notes: ['If you do not know who invited you, leave this mail alone: nothing happens then.'],
  };
}
