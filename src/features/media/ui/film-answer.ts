/** What a page's form actions answer, as far as the film panel reads it. */
export type FilmAnswer =
  | { kind?: string; message?: string; fields?: Readonly<Record<string, string>>; values?: Readonly<Record<string, string>> }
  | null
  | undefined;

/** A deed of the panel that was refused, with what was typed. */
export interface RefusedDeed {
  deed: string;
  message: string;
  fields: Readonly<Record<string, string>>;
  values: Readonly<Record<string, string>>;
}

/** The refusal of a deed of this panel; undefined when the answer is about something else. */
export function refusedDeed(answer: FilmAnswer): RefusedDeed | undefined {
  if (answer?.kind !== 'refused' || !answer.values?.deed) return undefined;
  return { deed: answer.values.deed, message: answer.message ?? '', fields: answer.fields ?? {}, values: answer.values };
}
