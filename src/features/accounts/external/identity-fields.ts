import { emailField } from '../fields.ts';

/** An address as a provider gave it, in the school's form; undefined when it is none. */
export function addressOf(value: string | null | undefined): string | undefined {
  return emailField.safeParse(value ?? '').data;
}

/** The first of a provider's words for a person that can be shown as a name. */
export function nameOf(...candidates: (string | null | undefined)[]): string {
  for (const candidate of candidates) {
    const name = candidate
      ?.replace(/\p{Cc}/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (name) return [...name].slice(0, 100).join('');
  }
  return 'Someone new';
}
