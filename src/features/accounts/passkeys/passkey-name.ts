import { getAuthenticatorName } from '@better-auth/passkey';
import { deviceOf } from '../sessions/device-of.ts';

/** What is known of a new passkey. */
interface Origin {
  /** Which kind of device or program keeps it; zeros where that is nobody's business. */
  aaguid: string | null;
  /** How the browser reaches it, such as `usb,nfc`. */
  transports: string | null;
  userAgent: string;
}

/** A name by which its owner knows a new passkey again: the program that keeps it, or the kind of key, or the browser and its device. */
export function passkeyName({ aaguid, transports, userAgent }: Origin, taken: readonly string[]): string {
  const isKey = /\b(usb|nfc|ble)\b/.test(transports ?? '') && !/\b(internal|hybrid)\b/.test(transports ?? '');
  const name = getAuthenticatorName(aaguid) ?? (isKey ? 'Security key' : deviceOf(userAgent).name);
  for (let number = 2; ; number += 1) {
    const tried = number === 2 && !taken.includes(name) ? name : `${name} ${number}`;
    if (!taken.includes(tried)) return tried;
  }
}
