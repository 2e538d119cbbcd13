import { createHash } from 'node:crypto';

/** A short mark of a value: two values of one mark are the same. By it a form says which value it was filled from. */
export function markOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12);
}

/** The marks of some values, by name. */
export function marksOf(values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, markOf(value)]));
}
