import type { Role } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';

/** What decides what becomes of someone who comes back from a provider. */
export interface Arrival {
  purpose: 'sign-in' | 'connect';
  email: string | undefined;
  emailVerified: boolean;
  /** The person whom the identity is connected to. */
  connectedTo: UserId | null;
  /** The person who has the identity's address here. */
  owner: { id: UserId; emailVerified: boolean; role: Role; twoFactorEnabled: boolean } | null;
  /** Who asked to connect it, and whether they have one of this provider already. */
  asker: { id: UserId; hasOneOfThisProvider: boolean } | null;
}

export type Verdict =
  | 'enter'
  | 'sign-up'
  | 'replace-sign-up'
  | 'connect'
  | 'connected-already'
  | 'no-address'
  | 'unverified-address'
  | 'address-taken'
  | 'connected-elsewhere'
  | 'one-already';

/**
 * An identity opens the account that it is connected to, and no other: that two addresses are alike never connects anything by itself, since
 * whoever connects must first prove that the account is theirs. A sign-up whose address was never confirmed is nobody's account yet.
 */
export function verdictOn(arrival: Arrival): Verdict {
  return arrival.purpose === 'connect' ? verdictOnConnecting(arrival) : verdictOnSigningIn(arrival);
}

function verdictOnSigningIn({ connectedTo, ...arrival }: Arrival) {
  return connectedTo ? 'enter' : verdictOnStranger(arrival);
}

function verdictOnStranger({ email, emailVerified, owner }: Pick<Arrival, 'email' | 'emailVerified' | 'owner'>) {
  if (!email) return 'no-address';
  if (!emailVerified) return 'unverified-address';
  if (!owner) return 'sign-up';
  // Whoever made an unconfirmed account for staff expects its owner to confirm it by mail.
  return owner.emailVerified || owner.role !== 'STUDENT' ? 'address-taken' : 'replace-sign-up';
}

/**
 * The school's own directory of people is believed about addresses as far as a link mailed to one is: it connects an account whose address
 * is confirmed on both sides. It opens no admin's account and passes no second factor, which such a link does not either.
 */
export function verdictOnReport(report: Pick<Arrival, 'email' | 'emailVerified' | 'owner'>) {
  const verdict = verdictOnStranger(report);
  const { owner } = report;
  const mayConnect = verdict === 'address-taken' && owner?.emailVerified && owner.role !== 'ADMIN' && !owner.twoFactorEnabled;
  return mayConnect ? 'connect' : verdict;
}

function verdictOnConnecting({ connectedTo, asker }: Arrival): Verdict {
  if (connectedTo) return connectedTo === asker?.id ? 'connected-already' : 'connected-elsewhere';
  return asker?.hasOneOfThisProvider ? 'one-already' : 'connect';
}

/** What would still open an account without one of its identities. */
export interface OtherWaysIn {
  password: boolean;
  passkeys: number;
  /** Identities of providers that the school has set up. */
  identities: number;
}

/** Whether an identity may be disconnected: another way in must remain. */
export function mayDisconnect({ password, passkeys, identities }: OtherWaysIn): boolean {
  return password || passkeys > 0 || identities > 0;
}
