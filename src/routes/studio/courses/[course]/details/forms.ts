import type { saveDetails } from '#features/catalogue/index.server.ts';
import { textOf } from '../../../../form-answers.ts';
import { marksIn } from '../marks-in.ts';

type Values = Parameters<typeof saveDetails>[1]['values'];

/** A text area's lines end as the form's transport has them; a course's text has plain ones. */
const plain = (form: FormData, name: string) => textOf(form, name).replace(/\r\n?/g, '\n');
const lines = (form: FormData, name: string) =>
  form
    .getAll(name)
    .map((line) => String(line).trim())
    .filter((line) => line !== '');
const commaSeparated = (text: string) => [...new Set(text.split(',').map((word) => word.trim()))].filter((word) => word !== '');

/** What each form of the page holds. */
const readers: Record<string, (form: FormData) => Values> = {
  about: (form) => ({
    title: textOf(form, 'title').trim(),
    subtitle: textOf(form, 'subtitle').trim(),
    description: plain(form, 'description'),
  }),
  kind: (form) => ({ level: textOf(form, 'level'), language: textOf(form, 'language'), tags: commaSeparated(textOf(form, 'tags')) }),
  promises: (form) => ({
    objectives: lines(form, 'objectives'),
    requirements: lines(form, 'requirements'),
    features: lines(form, 'features'),
  }),
  faq: (form) => {
    const answers = form.getAll('answer').map((text) => String(text).replace(/\r\n?/g, '\n').trim());
    const pairs = form.getAll('question').map((text, place) => ({ question: String(text).trim(), answer: answers[place] ?? '' }));
    return { faq: pairs.filter(({ question, answer }) => question !== '' || answer !== '') };
  },
  categories: (form) => {
    const main = textOf(form, 'mainCategory');
    const others = form.getAll('categories').map(String);
    return { categories: [...(main ? [main] : []), ...others.filter((slug) => slug !== main)] };
  },
  search: (form) => ({
    metaTitle: textOf(form, 'metaTitle').trim() || null,
    metaDescription: textOf(form, 'metaDescription').trim() || null,
  }),
  rule: (form) => ({
    completionRequiresLessons: form.has('completionRequiresLessons'),
    completionRequiresQuizzes: form.has('completionRequiresQuizzes'),
    completionRequiresAssignments: form.has('completionRequiresAssignments'),
    allowsManualCompletion: form.has('allowsManualCompletion'),
  }),
};

/** The values that a form of the page sends, and the marks of those that it was filled from. */
export function detailsIn(form: FormData): { values: Values; seen: Record<string, string> } {
  return { values: readers[textOf(form, 'section')]?.(form) ?? {}, seen: marksIn(textOf(form, 'seen')) };
}

/** What somebody else wrote into a field, as text to be read. */
export function inWords(value: unknown): string {
  if (value === null || value === '') return 'Nothing';
  if (value === true || value === false) return value ? 'Yes' : 'No';
  if (!Array.isArray(value)) return String(value);
  const words = value.map((entry) => (typeof entry === 'string' ? entry : Object.values(entry as object).join('\n')));
  return words.join('\n') || 'Nothing';
}
