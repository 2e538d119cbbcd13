import { defineMail } from '#platform/mail.server.ts';
import { greeting, type Letter } from '#platform/mail-layout.ts';
import { type MembershipMail, membershipExample, membershipSchema } from './membership-ends-soon.ts';

/** Tells a member that a payment failed, and until when the courses stay open. */
export const membershipPaymentFailedMail = defineMail<MembershipMail>({
  kind: 'commerce.membershipPaymentFailed',
  secret: false,
  schema: membershipSchema,
  subject: ({ title }) => `The payment for “${title}” did not go through`,
  letter,
  example: membershipExample,
});

function letter({ name, title, amount, day, membershipUrl }: MembershipMail): Letter {
  return {
    heading: 'A payment did not go through',
    paragraphs: [
      greeting(name),
      `the payment of ${amount} for “${title}” was not accepted. Most often a card has run out.`,
      `Nothing is lost: the courses stay open to you until ${day}. Mend the payment by then, and everything goes on as before.`,
    ],
    button: { label: 'Mend the payment', url: membershipUrl },
  };
}
