const words: Record<string, string> = {
  'amount-differs': 'Another amount came than the order asks for.',
  'paid-twice': 'The order was paid a second time: one payment has to go back.',
  'paid-late': 'Money came for an order that had been given up, and has to go back.',
  'unknown-order': 'Money came for an order that is not there.',
  'unknown-payment': 'A provider speaks of a payment that is not there.',
  'refund-failed': 'The provider could not give the money back.',
  'refund-stuck': 'The provider did not answer a refund for long: look at its own pages.',
  'refund-differs': 'A provider speaks of a refund that does not match what was paid.',
  'dispute-open': 'The buyer’s bank calls the payment back: answer at the provider’s own pages.',
  'dispute-won': 'The bank has decided for the school.',
  'dispute-lost': 'The bank has decided for the buyer: the money is gone.',
  'dispute-differs': 'A provider speaks of a dispute that does not match what was paid.',
};

/** What an alarm of the shop is about, in a sentence. */
export function alarmInWords(kind: string): string {
  return words[kind] ?? `Something about this order needs a look (${kind}).`;
}
