import type { AutosaveAnswer } from '#features/authoring/ui/autosave-answer.ts';
import type { DetailsPage } from '#features/catalogue/index.server.ts';

/** What each form of the page is given. */
export interface FormOfDetails {
  values: DetailsPage['values'];
  marks: Record<string, string>;
  answer: AutosaveAnswer | null;
  disabled: boolean;
}

/** The marks of some fields. */
export function marksFor(marks: Record<string, string>, names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, marks[name] ?? '']));
}
