import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** How a key behaves in one step; what is not said is as it should be. */
export interface Behavior {
  origin?: string;
  rpId?: string;
  /** Whether its owner's finger was asked for. */
  verifiesOwner?: boolean;
  /** What its counter of uses says. */
  counter?: number;
}

const userPresent = 0x01;
const userVerified = 0x04;
const withCredential = 0x40;

/** A security key in software, that speaks WebAuthn as a browser hands it on. For tests of what no honest browser would send. */
export class SecurityKey {
  readonly id = randomBytes(32).toString('base64url');
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #uses = 0;

  /** Answers a challenge to make a passkey. */
  make(options: object, behavior: Behavior = {}): object {
    const id = Buffer.from(this.id, 'base64url');
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.#publicKey()]);
    const authData = Buffer.concat([this.#authData(behavior, withCredential), credential]);
    // CBOR of { fmt: 'none', attStmt: {}, authData }.
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
      Buffer.from([0x58, authData.length]),
      authData,
    ]);
    return this.#credential({
      clientDataJSON: clientData('webauthn.create', options, behavior).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['usb'],
    });
  }

  /** Answers a challenge to sign in. */
  use(options: object, behavior: Behavior = {}): object {
    this.#uses += 1;
    const authData = this.#authData({ counter: this.#uses, ...behavior }, 0);
    const client = clientData('webauthn.get', options, behavior);
    const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
    return this.#credential({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
    });
  }

  #credential(response: object): object {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #authData({ rpId = 'localhost', verifiesOwner = true, counter = 0 }: Behavior, flags: number): Buffer {
    const uses = Buffer.alloc(4);
    uses.writeUInt32BE(counter);
    const flag = userPresent | (verifiesOwner ? userVerified : 0) | flags;
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flag]), uses]);
  }

  /** COSE: { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y }. */
  #publicKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const bytes = (text: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(text, 'base64url')]);
    return Buffer.concat([Buffer.from('a5010203262001', 'hex'), Buffer.from([0x21]), bytes(x), Buffer.from([0x22]), bytes(y)]);
  }
}

function clientData(type: string, options: object, { origin = 'http://localhost:3000' }: Behavior): Buffer {
  const { challenge } = options as { challenge: string };
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}
