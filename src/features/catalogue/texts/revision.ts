import { createHash } from 'node:crypto';

/** Names a text by what it says: a change that was made of another text is seen to be, whichever way that one changed meanwhile. */
export function revisionOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}
