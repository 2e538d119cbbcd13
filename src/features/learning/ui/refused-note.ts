import type { FieldErrors } from '#platform/errors.ts';

/** A form about a note that was refused, with what was typed into it. */
export interface RefusedNote {
  message: string;
  fields: FieldErrors;
  values: { form: string; at: string; text: string };
}
