import { createHash, randomBytes } from 'node:crypto';

/** How every key begins, so that people and secret scanners know it when they see it. */
export const keyPrefix = 'lyc_';

const form = /^Bearer (lyc_[A-Za-z0-9_-]{43})$/;

/** A new key: 256 random bits, of which the school keeps a hash and the first characters. */
export function makeKey(): { key: string; hash: string; start: string } {
  const key = keyPrefix + randomBytes(32).toString('base64url');
  return { key, hash: hashOfKey(key), start: key.slice(0, keyPrefix.length + 4) };
}

/** A key has as many random bits as its hash, so nothing slower is needed. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** The key that a request bears, if it has the form of one of ours. */
export function keyOf(headers: Headers): string | undefined {
  return form.exec(headers.get('authorization') ?? '')?.[1];
}
