import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

const schema = z.object({ name: z.string(), title: z.string(), seats: z.number(), teamUrl: z.url() });

/** Tells who bought seats for a team where to invite the team. */
export const teamReadyMail = defineMail<z.infer<typeof schema>>({
  kind: 'commerce.teamReady',
  secret: false,
  schema,
  subject: ({ title, seats }) => `${seats} seats of “${title}” are yours to give`,
  letter,
  example: {
    name: 'Ada Lovelace',
    title: 'Strength training, the calm way',
    seats: 5,
    teamUrl: 'https://school.example/orders/2026-000042/team',
  },
});

function letter({ name, title, seats, teamUrl }: z.infer<typeof schema>): Letter {
  return {
    heading: 'Invite your team',
    paragraphs: [
      greeting(name),
      `${seats} seats of “${title}” are paid. Invite the people they are for by their addresses, and keep one for yourself if you like.`,
      'A seat that you take back is free again, for somebody else.',
    ],
    button: { label: 'Invite your team', url: teamUrl },
  };
}
