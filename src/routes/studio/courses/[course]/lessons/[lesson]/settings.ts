import { AppError } from '#platform/errors.ts';
import { textOf } from '../../../../../form-answers.ts';

const types = ['VIDEO', 'TEXT', 'QUIZ', 'ASSIGNMENT', 'LIVE_SESSION', 'PACKAGE'] as const;
const visibilities = ['PUBLIC', 'PRIVATE', 'PREVIEW'] as const;

const oneOf = <Choice extends string>(choices: readonly Choice[], word: string) => choices.find((choice) => choice === word);

/** What the form beside the text says about the lesson. A length that was not asked for stays as it is. */
export function settingsIn(form: FormData) {
  const minutes = textOf(form, 'minutes').trim();
  if (minutes !== '' && !/^\d{1,4}$/.test(minutes)) {
    throw new AppError('invalid', 'Check what you entered.', { fields: { minutes: 'Whole minutes, such as 12.' } });
  }
  return {
    title: textOf(form, 'title'),
    description: textOf(form, 'description').trim() || null,
    type: oneOf(types, textOf(form, 'type')),
    visibility: oneOf(visibilities, textOf(form, 'visibility')),
    published: form.has('published'),
    isRequired: form.has('isRequired'),
    durationSeconds: form.has('minutes') ? Number(minutes || 0) * 60 : undefined,
  };
}
