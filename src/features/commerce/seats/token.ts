import { createHash, randomBytes } from 'node:crypto';

/** A new secret of an invitation, as it stands in the mailed link, and as it is kept. */
export function newSeatToken(): { token: string; kept: string } {
  const token = randomBytes(24).toString('base64url');
  return { token, kept: keptToken(token) };
}

/** What is kept of a token: whoever reads the table cannot take a seat by it. */
export function keptToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
