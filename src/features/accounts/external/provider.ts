/** Someone as a provider knows them, once its answer has been verified. */
export interface Identity {
  /** The realm in which `accountId` is somebody's. */
  providerId: string;
  /** The provider's own, lasting name of the person. */
  accountId: string;
  /** In the school's form of addresses; absent when the provider gave none. */
  email?: string;
  /** Whether the provider has made sure that the address is the person's. */
  emailVerified: boolean;
  name: string;
  /** What its owner knows it by: an address or a user name. */
  label?: string;
}

/** What ties a question to a provider to its answer, and both to one browser. */
export interface Challenge {
  state: string;
  codeVerifier: string;
  nonce: string;
  redirectUri: string;
}

/** What a provider's redirect back carries in its address. */
export interface Answer {
  code?: string;
  state?: string;
  error?: string;
  /** The issuer, by RFC 9207: tells a mixed-up provider. */
  iss?: string;
}

/** Someone outside who vouches for people. */
export interface Provider {
  /** Its place in the school's addresses. */
  id: string;
  /** What its identities are kept under. Two issuers never share one: both may call somebody `1`. */
  realm: string;
  name: string;
  /** Where the browser goes to be asked. */
  authorizationUrl(challenge: Challenge, now: Date): Promise<URL>;
  /** Who came back with this answer. Throws a ProviderProblem when the answer does not hold. */
  identify(challenge: Challenge, answer: Answer & { code: string }, now: Date): Promise<Identity>;
}

/** A provider that does not answer, or not as it must: worth a line in the log and a second try, and no bug of ours. */
export class ProviderProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProviderProblem';
  }
}
