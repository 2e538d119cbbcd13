import { createHmac } from 'node:crypto';

/** What an authenticator app shows for a secret, as RFC 6238 has it: apart from the program's own reckoning. `steps` looks ahead or back. */
export function codeShown(secret: string, steps = 0, now = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000) + steps));
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text.replace(/\s/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** A moment in the middle of the half minute of one code: a test that stops the clock there has the code before, this one and the next. */
export function midOfCode(now = Date.now()): number {
  return Math.floor(now / 30_000) * 30_000 + 15_000;
}
