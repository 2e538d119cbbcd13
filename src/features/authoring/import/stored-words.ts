import type { NewQuiz } from '#features/assessment/index.server.ts';
import { lessonAddress } from '#features/catalogue/index.server.ts';
import { sourceReference } from './draft.ts';
import { withDestinations } from './formats/markdown/destinations.ts';

/** The words of quizzes, in which files and lessons are named as in texts. */
export function withStoredWords(
  quizzes: readonly NewQuiz[],
  urls: ReadonlyMap<string, string>,
  lessonIds: ReadonlyMap<string, string>,
): NewQuiz[] {
  const stored = (markdown: string) => withStoredFiles(markdown, urls, lessonIds);
  return quizzes.map((quiz) => ({
    ...quiz,
    questions: quiz.questions.map((question) => ({
      ...question,
      text: stored(question.text),
      explanation: question.explanation ? stored(question.explanation) : null,
    })),
  }));
}

/** A text that names lessons by their ids and files by their addresses. What could not be stored keeps its name, which leads nowhere. */
export function withStoredFiles(markdown: string, urls: ReadonlyMap<string, string>, lessonIds: ReadonlyMap<string, string>): string {
  return withDestinations(markdown, ({ address }) => {
    const reference = sourceReference.parse(address);
    if (!reference) return undefined;
    if (reference.kind === 'file') return urls.get(reference.path) ?? encodeURI(reference.path).replace(/[()]/g, '_');
    const id = lessonIds.get(reference.path);
    return id === undefined ? encodeURI(reference.path).replace(/[()]/g, '_') : lessonAddress(id, reference.fragment);
  });
}
