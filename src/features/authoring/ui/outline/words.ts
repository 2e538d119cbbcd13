import { formatDuration } from '#platform/time.ts';
import type { EditorChapter, EditorLesson } from '../../outline/outline-page.ts';

const kinds = {
  VIDEO: 'Video',
  TEXT: 'Text',
  QUIZ: 'Quiz',
  ASSIGNMENT: 'Assignment',
  LIVE_SESSION: 'Live session',
  PACKAGE: 'Interactive',
};

/** The quiet words beside a lesson: "Video, 4 min, optional". */
export function lessonWords({ type, durationSeconds, isRequired }: EditorLesson): string {
  return [kinds[type], durationSeconds > 0 && formatDuration(durationSeconds), !isRequired && 'optional'].filter(Boolean).join(', ');
}

/** The quiet words beside a chapter: "3 lessons, 24 min". */
export function chapterWords({ lessons }: EditorChapter): string {
  const seconds = lessons.reduce((sum, lesson) => sum + lesson.durationSeconds, 0);
  const count = lessons.length === 1 ? '1 lesson' : `${lessons.length} lessons`;
  return seconds > 0 ? `${count}, ${formatDuration(seconds)}` : count;
}
