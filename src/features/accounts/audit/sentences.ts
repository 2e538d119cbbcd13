/** What a line of the audit log is said with. */
export interface Deed {
  who: string;
  /** The person or thing it was done to; null when the one who did it is meant. */
  whom: string | null;
  before: Record<string, string>;
  after: Record<string, string>;
}

interface Wording {
  /** The deed in two or three words, for the filter. */
  label: string;
  say(deed: Deed): string;
}

/** A thing of the person it is done to: "the role of Ada", "their own role". */
const of = (thing: string, { whom }: Deed) => (whom === null ? `their own ${thing}` : `the ${thing} of ${whom}`);
const person = ({ whom }: Deed) => whom ?? 'themselves';
const course = ({ after }: Deed) => (after.course ? `“${after.course}”` : 'a course');
const order = (after: Record<string, string>) => (after.order ? `order ${after.order}` : 'an order');
/** "bankDetails" as "bank details". */
const inWords = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(' basis points', '');
const role = (values: Record<string, string>) => (values.role ?? 'nobody').toLowerCase();

const wordings: Record<string, Wording> = {
  'accounts.userCreated': {
    label: 'Account made',
    say: (deed) => `made ${of('account', deed)} as ${role(deed.after)}${deed.after.by === 'import' ? ', by import' : ''}`,
  },
  'accounts.roleChanged': {
    label: 'Role changed',
    say: (deed) => `changed ${of('role', deed)} from ${role(deed.before)} to ${role(deed.after)}`,
  },
  'accounts.passwordSet': { label: 'Password set', say: (deed) => `set a new password for ${person(deed)}` },
  'accounts.passwordLinkSent': { label: 'Password link sent', say: (deed) => `had a link for a new password mailed to ${person(deed)}` },
  'accounts.addressConfirmed': { label: 'Address confirmed', say: (deed) => `confirmed ${of('e-mail address', deed)}` },
  'accounts.confirmationResent': {
    label: 'Confirmation mailed again',
    say: (deed) => `had the link that confirms an address mailed to ${person(deed)} again`,
  },
  'accounts.sessionsEnded': { label: 'Sessions ended', say: (deed) => `signed ${person(deed)} out everywhere` },
  'accounts.suspended': { label: 'Suspended', say: (deed) => `suspended ${person(deed)}` },
  'accounts.suspensionLifted': { label: 'Suspension lifted', say: (deed) => `let ${person(deed)} in again` },
  'accounts.applicationApproved': { label: 'Teaching allowed', say: (deed) => `approved that ${person(deed)} teaches` },
  'accounts.applicationRefused': { label: 'Teaching refused', say: (deed) => `refused that ${person(deed)} teaches` },
  'accounts.impersonationStarted': { label: 'Acting as somebody', say: (deed) => `began to act as ${person(deed)}` },
  'accounts.impersonationStopped': { label: 'Acting as somebody, ended', say: (deed) => `stopped acting as ${person(deed)}` },
  'accounts.personClosed': { label: 'Account closed', say: (deed) => `closed ${of('account', deed)}` },
  'accounts.emailChanged': { label: 'Address changed', say: (deed) => `changed ${of('e-mail address', deed)}` },
  'accounts.passwordChanged': { label: 'Password changed', say: (deed) => `changed ${of('password', deed)}` },
  'accounts.secondFactorOn': { label: 'Two-step sign-in on', say: (deed) => `switched on ${of('two-step sign-in', deed)}` },
  'accounts.secondFactorOff': { label: 'Two-step sign-in off', say: (deed) => `switched off ${of('two-step sign-in', deed)}` },
  'accounts.recoveryCodesMade': { label: 'Recovery codes made', say: (deed) => `made ${of('recovery codes', deed)} anew` },
  'accounts.passkeyAdded': { label: 'Passkey added', say: (deed) => `added a passkey to ${of('account', deed)}` },
  'accounts.usernameChanged': { label: 'Username changed', say: (deed) => `changed ${of('username', deed)}` },
  'accounts.passkeyRemoved': { label: 'Passkey removed', say: (deed) => `removed a passkey from ${of('account', deed)}` },
  'accounts.identityConnected': {
    label: 'Account connected',
    say: (deed) => `connected ${of('account', deed)} to ${deed.after.provider ?? 'a provider'}`,
  },
  'accounts.identityDisconnected': {
    label: 'Account disconnected',
    say: (deed) => `disconnected ${of('account', deed)} from ${deed.before.provider ?? 'a provider'}`,
  },
  'accounts.apiKeyCreated': { label: 'API key made', say: () => 'made an API key' },
  'accounts.apiKeyRevoked': { label: 'API key revoked', say: () => 'revoked an API key' },
  'accounts.dataAskedFor': { label: 'Data asked for', say: (deed) => `asked for ${of('data', deed)}` },
  'learning.certificateRevoked': {
    label: 'Certificate revoked',
    say: (deed) => `revoked ${of('certificate', deed)}${deed.after.code ? ` (${deed.after.code})` : ''}`,
  },
  'learning.certificateRestored': {
    label: 'Certificate restored',
    say: (deed) => `restored ${of('certificate', deed)}${deed.after.code ? ` (${deed.after.code})` : ''}`,
  },
  'learning.accessGiven': { label: 'Access given', say: (deed) => `gave ${person(deed)} access to ${course(deed)}` },
  'learning.accessTaken': { label: 'Access taken away', say: (deed) => `took the access of ${person(deed)} to ${course(deed)} away` },
  'learning.accessRestored': { label: 'Access restored', say: (deed) => `restored the access of ${person(deed)} to ${course(deed)}` },
  'learning.accessMoved': {
    label: 'End of access moved',
    say: (deed) =>
      `had the access of ${person(deed)} to ${course(deed)} end ${deed.after.until ? `on ${deed.after.until.slice(0, 10)}` : 'never'}`,
  },
  'commerce.productChanged': { label: 'Bundle changed', say: (deed) => `changed “${deed.after.product ?? 'a bundle'}” of ${person(deed)}` },
  'catalogue.teamInvited': {
    label: 'Asked to teach',
    say: ({ whom, after }) => `asked ${whom ?? 'somebody'} to teach ${after.course ?? 'a course'} as ${after.role ?? 'one of its team'}`,
  },
  'catalogue.teamJoined': {
    label: 'Joined a team',
    say: ({ after }) => `joined the team of ${after.course ? `“${after.course}”` : 'a course'} as ${after.role ?? 'one of it'}`,
  },
  'catalogue.teamChanged': {
    label: 'Part in a team changed',
    say: (deed) => `made ${person(deed)} ${deed.after.role ?? 'one of the team'} of ${course(deed)}`,
  },
  'catalogue.handedOver': { label: 'Course handed over', say: (deed) => `made ${person(deed)} the owner of ${course(deed)}` },
  'catalogue.teamLeft': { label: 'Left a team', say: (deed) => `took ${person(deed)} out of the team of ${course(deed)}` },
  'commerce.shopSettingsChanged': {
    label: 'Shop settings changed',
    say: ({ after }) =>
      `changed how the shop sells: ${Object.keys(after)
        .filter((name) => name !== 'actingAs')
        .map(inWords)
        .join(', ')}`,
  },
  'commerce.couponMade': { label: 'Coupon made', say: ({ after }) => `made the coupon ${after.code ?? ''}` },
  'commerce.couponChanged': { label: 'Coupon changed', say: ({ after }) => `changed the coupon ${after.code ?? ''}` },
  'commerce.couponSwitched': {
    label: 'Coupon switched on or off',
    say: ({ after }) => `switched the coupon ${after.code ?? ''} ${after.active === 'true' ? 'on' : 'off'}`,
  },
  'commerce.taxRateAdded': { label: 'Tax added', say: ({ after }) => `added the tax ${after.tax ?? ''}` },
  'commerce.taxRateEnded': { label: 'Tax ended', say: ({ after }) => `ended the tax ${after.tax ?? ''} on ${after.until ?? 'a day'}` },
  'notifications.mailSentAgain': {
    label: 'Mail sent again',
    say: (deed) => `sent a mail again (${deed.after.kind ?? 'of an unknown kind'})`,
  },
  'commerce.refundAsked': { label: 'Money given back', say: ({ after }) => `gave back ${after.amount ?? 'money'} of ${order(after)}` },
  'commerce.markedPaid': {
    label: 'Marked as paid',
    say: ({ after }) => `said that ${after.amount ?? 'the money'} for ${order(after)} has come`,
  },
  'commerce.orderCancelled': { label: 'Order cancelled', say: ({ after }) => `cancelled ${order(after)}` },
  'commerce.receiptResent': { label: 'Receipt sent again', say: ({ after }) => `had the receipt of ${order(after)} mailed again` },
  'accounts.auditLogChecked': {
    label: 'Log checked',
    say: ({ after }) => (after.firstBreak ? `found the audit log broken at entry ${after.firstBreak}` : 'found the audit log whole'),
  },
  'commerce.booksProved': {
    label: 'Books proved',
    say: ({ after }) =>
      after.disagreements === '0'
        ? `found the books of ${after.orders ?? 'all'} orders in agreement`
        : `found ${after.disagreements ?? 'some'} disagreements in the books of ${after.orders ?? 'all'} orders`,
  },
  'commerce.alarmResolved': {
    label: 'Alarm resolved',
    say: ({ after }) => `resolved an alarm of the shop (${after.kind ?? 'of an unknown kind'})${after.note ? `: ${after.note}` : ''}`,
  },
  'commerce.payoutMade': { label: 'Payout made', say: (deed) => `made a payout of ${deed.after.amount ?? 'something'} to ${person(deed)}` },
  'commerce.payoutPaid': {
    label: 'Payout paid',
    say: (deed) =>
      `said that ${deed.after.amount ?? 'a payout'} was sent to ${person(deed)}${deed.after.reference ? ` (${deed.after.reference})` : ''}`,
  },
  'commerce.payoutReturned': {
    label: 'Payout put back',
    say: (deed) => `put a payout of ${deed.after.amount ?? 'something'} to ${person(deed)} back (${deed.after.status ?? 'it failed'})`,
  },
};

/** Every deed that has words, for the filter, in the order of the alphabet. */
export const auditActions: { value: string; label: string }[] = Object.entries(wordings)
  .map(([value, { label }]) => ({ value, label }))
  .sort((one, other) => one.label.localeCompare(other.label));

/** Whether the deed has words of its own. */
export function hasSentence(action: string): boolean {
  return Object.hasOwn(wordings, action);
}

/** A line of the log as a sentence. A deed that this version of the program does not know is named as it was written. */
export function sentenceOf(action: string, deed: Deed, actingAs?: string): string {
  const words = hasSentence(action) ? wordings[action]!.say(deed) : `did “${action}” to ${person(deed)}`;
  const isSaid = action.startsWith('accounts.impersonation');
  return `${deed.who} ${words}${actingAs && !isSaid ? `, acting as ${actingAs}` : ''}`;
}
