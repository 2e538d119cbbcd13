import { lessonTypes, lessonVisibilities, type saveLessonSettings } from '#features/catalogue/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { textOf } from '../../../../../form-answers.ts';
import { marksIn } from '../../marks-in.ts';

type Settings = Omit<Parameters<typeof saveLessonSettings>[1], 'lessonId'>;

const oneOf = <Choice extends string>(choices: readonly Choice[], word: string) => choices.find((choice) => choice === word);

/** What the form beside the text says about the lesson, and what it was filled from. A length that was not asked for stays as it is. */
export function settingsIn(form: FormData): Settings {
  const minutes = textOf(form, 'minutes').trim();
  if (minutes !== '' && !/^\d{1,4}$/.test(minutes)) {
    throw new AppError('invalid', 'Check what you entered.', { fields: { minutes: 'Whole minutes, such as 12.' } });
  }
  const values = {
    title: textOf(form, 'title').trim(),
    description: textOf(form, 'description').replace(/\r\n?/g, '\n').trim(),
    type: oneOf(lessonTypes, textOf(form, 'type')),
    visibility: oneOf(lessonVisibilities, textOf(form, 'visibility')),
    published: form.has('published'),
    isRequired: form.has('isRequired'),
    minutes: form.has('minutes') ? Number(minutes || 0) : undefined,
    address: textOf(form, 'address').trim().toLowerCase(),
  };
  return { values, seen: marksIn(textOf(form, 'seen')) };
}
