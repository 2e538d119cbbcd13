/** What an alarm means, and what to do about it. */
interface AlarmWords {
  title: string;
  advice: string;
}

const words: Record<string, AlarmWords> = {
  'amount-differs': {
    title: 'A payment of another amount',
    advice:
      'What was paid is not what the order asks for, so nothing was given. Give the money back at the provider, or write to the buyer.',
  },
  'paid-twice': {
    title: 'An order was paid twice',
    advice: 'The second payment was not taken into the books. Give it back at the provider.',
  },
  'bought-twice': {
    title: 'Somebody paid for what they had already',
    advice: 'Two orders of the same were paid. Send the money of this one back, and say so on the order’s page.',
  },
  'paid-late': {
    title: 'Money for an order that was given up',
    advice: 'It came too late, and the order cannot be fulfilled any more. Give it back from the order’s page.',
  },
  'unknown-order': {
    title: 'Money for an order that is not there',
    advice: 'The provider names an order that this school does not have. Look for the payment there.',
  },
  'unknown-payment': {
    title: 'News of an unknown payment',
    advice: 'The provider tells of a payment that this school does not have. Look for it there.',
  },
  'webhook-refused': {
    title: 'A message that is not the provider’s',
    advice: 'Its signature or its moment is wrong. When it goes on, compare the webhook’s secret with the provider’s.',
  },
  'refund-failed': {
    title: 'A refund did not go through',
    advice: 'The provider could not send the money back. Try again from the order’s page, or send it by bank.',
  },
  'refund-differs': {
    title: 'A refund that does not fit its order',
    advice: 'The provider tells of more than was paid, or of another currency. Look for it there; nothing was taken into the books.',
  },
  'refund-stuck': {
    title: 'A refund is stuck',
    advice: 'The provider did not answer for hours. Look at the order, and at the provider, whether the money went back.',
  },
  'dispute-open': {
    title: 'A bank calls a payment back',
    advice:
      'What was bought is suspended meanwhile. Answer at the provider in time: the order’s page has receipt, invoice and what was used.',
  },
  'dispute-won': { title: 'A dispute was won', advice: 'The money is back, and so is the access. Nothing is left to do.' },
  'dispute-lost': { title: 'A dispute was lost', advice: 'The money is gone, the access has ended, and the earnings were taken back.' },
  'dispute-differs': {
    title: 'A dispute that does not fit its order',
    advice: 'Its amount or currency is not the order’s. Look for it at the provider.',
  },
  'membership-twice': {
    title: 'Somebody pays two memberships',
    advice: 'Ask the person which one they want, and end the other at the provider.',
  },
  'renewal-differs': {
    title: 'A renewal of another amount',
    advice: 'The provider took another amount than the membership costs. Compare the two.',
  },
  'books-disagree': {
    title: 'The books do not agree',
    advice: 'Two records of the same money differ, as of the last night. Compare what each says, and correct the cause before the numbers.',
  },
};

/** An alarm in words; one that this version does not know is named as it was raised. */
export function alarmInWords(kind: string): AlarmWords {
  return (
    words[kind] ?? { title: kind.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase()), advice: 'Look at what it says below.' }
  );
}
