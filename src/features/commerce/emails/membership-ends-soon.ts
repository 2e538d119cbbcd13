import { z } from 'zod';
import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';

/** What every mail about a membership knows. */
export const membershipSchema = z.object({
  name: z.string(),
  /** The membership's name. */
  title: z.string(),
  /** What it costs each time, in words of the reader's locale. */
  amount: z.string(),
  /** The day that the mail is about, on the reader's own calendar. */
  day: z.string(),
  membershipUrl: z.url(),
});

export type MembershipMail = z.infer<typeof membershipSchema>;

export const membershipExample: MembershipMail = {
  name: 'Ada Lovelace',
  title: 'All courses',
  amount: '$19.00',
  day: 'June 4, 2026',
  membershipUrl: 'https://school.example/settings/membership',
};

/** Tells a member who cancelled that the end is near, and that it can still be undone. */
export const membershipEndsSoonMail = defineMail<MembershipMail>({
  kind: 'commerce.membershipEndsSoon',
  secret: false,
  schema: membershipSchema,
  subject: ({ title, day }) => `“${title}” ends on ${day}`,
  letter,
  example: membershipExample,
});

function letter({ name, title, day, membershipUrl }: MembershipMail): Letter {
  return {
    heading: 'Your membership ends soon',
    paragraphs: [
      greeting(name),
      `you have cancelled “${title}”. Its courses are open to you until ${day}. What you have learned in them, and your notes and certificates, stay yours.`,
      'If you would rather stay, you can resume it until then; nothing has to be paid before the next period.',
    ],
    button: { label: 'See your membership', url: membershipUrl },
  };
}
