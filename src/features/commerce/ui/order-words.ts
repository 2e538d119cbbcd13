/** The states of an order as people read them, and how a badge shows them. */
export const orderStates = {
  PENDING: { label: 'Waits for payment', tone: 'warning' },
  PROCESSING: { label: 'Being paid', tone: 'warning' },
  COMPLETED: { label: 'Paid', tone: 'success' },
  FAILED: { label: 'Not paid', tone: 'danger' },
  CANCELLED: { label: 'Cancelled', tone: 'neutral' },
  REFUNDED: { label: 'Refunded', tone: 'neutral' },
  PARTIALLY_REFUNDED: { label: 'Partly refunded', tone: 'accent' },
} as const;

/** The states of a payment. */
export const paymentStates = { PENDING: 'Not paid yet', PAID: 'Paid', FAILED: 'Did not go through', REFUNDED: 'Given back' } as const;

/** The states of a refund. */
export const refundStates = { PENDING: 'On its way', SUCCEEDED: 'Given back', FAILED: 'Refused by the provider' } as const;

/** The states of a dispute. */
export const disputeStates = { OPEN: 'Open', WON: 'Decided for the school', LOST: 'Decided for the buyer' } as const;

/** A day as it is on somebody's calendar. */
export function dayIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone });
}

/** What was bought, in one line: the first thing, and how many more. */
export function titlesInLine(titles: readonly string[] | null): string {
  const [first = 'Nothing', ...others] = titles ?? [];
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
