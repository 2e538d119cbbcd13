import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { type MembershipMail, membershipExample, membershipSchema } from './membership-ends-soon.ts';

/** Tells a member that money is taken soon: at the end of a trial, and before another year. */
export const membershipRenewsSoonMail = defineMail<MembershipMail>({
  kind: 'commerce.membershipRenewsSoon',
  secret: false,
  schema: membershipSchema,
  subject: ({ title, day }) => `“${title}” goes on from ${day}`,
  letter,
  example: membershipExample,
});

function letter({ name, title, amount, day, membershipUrl }: MembershipMail): Letter {
  return {
    heading: 'Your membership goes on soon',
    paragraphs: [
      greeting(name),
      `on ${day} the next period of “${title}” begins, and ${amount} will be taken for it.`,
      'You need not do anything. If you would rather end it, cancel before that day, and nothing is taken.',
    ],
    button: { label: 'See your membership', url: membershipUrl },
  };
}
