import { isDeepStrictEqual } from 'node:util';

/** The fields that differ from what is stored. */
export function changesIn<Fields extends object>(stored: object, fields: Fields): Partial<Fields> {
  const entries = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && !isDeepStrictEqual(value, (stored as Record<string, unknown>)[name]),
  );
  return Object.fromEntries(entries) as Partial<Fields>;
}
