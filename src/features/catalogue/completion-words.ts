import type { CompletionRule } from './course-page.ts';
import { countOf } from './labels.ts';

/** What has to be done to have finished a course, in a sentence or two; null while nothing completes it. */
export function completionWords(rule: CompletionRule, lessonCount: number): string | null {
  if (rule.required === 0) return null;
  const rest = lessonCount - rule.required;
  if (rule.lessons) {
    if (rest <= 0) return lessonCount === 1 ? 'Finish its lesson.' : `Finish all ${lessonCount} lessons.`;
    return `Finish ${rule.required} of the ${countOf(lessonCount, 'lesson')}. ${rest === 1 ? 'The other one is' : `The other ${rest} are`} there if you want ${rest === 1 ? 'it' : 'them'}.`;
  }
  const deeds = [...(rule.quizzes ? ['pass every quiz'] : []), ...(rule.assignments ? ['hand in every assignment'] : [])].join(' and ');
  return `${deeds[0]?.toUpperCase()}${deeds.slice(1)}: ${rule.required} in all. ${rest > 0 ? 'Every other lesson is there to learn from.' : ''}`.trim();
}
