import { lessonTypes, lessonVisibilities } from '#features/catalogue/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { textOf } from '../../../../../form-answers.ts';

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
    type: oneOf(lessonTypes, textOf(form, 'type')),
    visibility: oneOf(lessonVisibilities, textOf(form, 'visibility')),
    published: form.has('published'),
    isRequired: form.has('isRequired'),
    durationSeconds: form.has('minutes') ? Number(minutes || 0) * 60 : undefined,
  };
}
