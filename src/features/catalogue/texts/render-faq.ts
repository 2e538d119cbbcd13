import type { Context } from '#platform/context.ts';
import type { EditableCourse } from '../write/editable-course.ts';
import type { CourseFields } from '../write/fields.ts';
import { renderContent } from './render-content.ts';

/** A question as the course keeps it: the answer's HTML is made when it is written. A type, because JSON takes no interface. */
export type KeptQuestion = {
  question: string;
  answer: string;
  answerHtml: string;
};

/** Questions with the HTML of their answers. */
export function renderFaq(ctx: Context, course: EditableCourse, faq: CourseFields['faq']): Promise<KeptQuestion[]> {
  return Promise.all(faq.map(async (entry) => ({ ...entry, answerHtml: await renderContent(ctx, course, entry.answer) })));
}
