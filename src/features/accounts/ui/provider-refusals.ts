import type { Refusal } from '../external/admit.ts';

interface Words {
  title: string;
  text: string;
}

/** What is said to someone whom a provider did not bring in, and what they can do. */
const refusals: Record<Refusal, (provider: string) => Words> = {
  canceled: (provider) => ({ title: 'Nothing has changed', text: `You went back before ${provider} told us who you are.` }),
  expired: (provider) => ({
    title: 'Please start again',
    text: `The way back from ${provider} is open for ten minutes, once, and in the browser that it began in.`,
  }),
  failed: (provider) => ({
    title: `${provider} did not tell us who you are`,
    text: 'Its answer did not hold. Try again; if that does not help, sign in another way and tell the school.',
  }),
  'no-address': (provider) => ({
    title: `${provider} gave us no e-mail address`,
    text: `The school needs one to make an account. Allow ${provider} to share yours, or sign up with your address.`,
  }),
  'unverified-address': (provider) => ({
    title: `Your address is not confirmed at ${provider}`,
    text: `Confirm your e-mail address there and come back, or sign up with your address here.`,
  }),
  'address-taken': (provider) => ({
    title: 'You have an account already',
    text: `There is an account with the address that ${provider} gave us. Sign in as you always do and connect ${provider} in your settings: from then on it opens your account.`,
  }),
  'connected-elsewhere': (provider) => ({
    title: 'It opens another account',
    text: `That identity at ${provider} is connected to another account of this school. Disconnect it there first.`,
  }),
  banned: () => ({ title: 'Your account is suspended', text: 'Write to the school if you think that is a mistake.' }),
  closed: () => ({ title: 'Your account is closed', text: 'It stays closed, whichever way you come.' }),
  'demo-only-here': () => ({ title: 'A demo login', text: 'The demo logins work only while the school listens on this machine alone.' }),
  'one-already': (provider) => ({
    title: 'One is connected already',
    text: `Disconnect your other identity at ${provider} first.`,
  }),
};

/** The words for a reason in a page's address, whoever wrote it there; undefined when it is none. */
export function refusalWords(reason: string | null, providerName: string): Words | undefined {
  return reason !== null && Object.hasOwn(refusals, reason) ? refusals[reason as Refusal](providerName) : undefined;
}
