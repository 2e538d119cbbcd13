import type { MenuItem } from '#ui/menu.ts';
import type { EditorChapter, EditorLesson } from '../../outline/outline-page.ts';
import { type ChapterPlace, chapterStep, type LessonPlace, lessonStep } from './places.ts';

/** The fields of a form that moves something; an end of the row has no name. */
export function fieldsOf(place: ChapterPlace | LessonPlace): Record<string, string> {
  return Object.fromEntries(Object.entries(place).map(([name, value]) => [name, value ?? '']));
}

function lessonStepItem(label: string, chapters: readonly EditorChapter[], lessonId: string, direction: 'up' | 'down'): MenuItem[] {
  const to = lessonStep(chapters, lessonId, direction);
  return to ? [{ label, action: '?/moveLesson', fields: { lessonId, ...fieldsOf(to) } }] : [];
}

/** What can be done with a lesson. Each entry works without scripts. */
export function lessonMenu(chapters: readonly EditorChapter[], lesson: EditorLesson): MenuItem[] {
  const change = (label: string, fields: Record<string, string>): MenuItem => ({
    label,
    action: '?/changeLessons',
    fields: { lessonId: lesson.id, ...fields },
  });
  return [
    { label: 'Rename', href: `?rename=${lesson.id}` },
    ...lessonStepItem('Move up', chapters, lesson.id, 'up'),
    ...lessonStepItem('Move down', chapters, lesson.id, 'down'),
    ...(chapters.length > 1 ? [{ label: 'Move to chapter…', href: `?move=${lesson.id}` }] : []),
    { ...change(lesson.published ? 'Unpublish' : 'Publish', { published: lesson.published ? 'no' : 'yes' }), divided: true },
    lesson.visibility === 'PREVIEW'
      ? change('End free preview', { visibility: 'PUBLIC' })
      : change('Offer as free preview', { visibility: 'PREVIEW' }),
    lesson.visibility === 'PRIVATE'
      ? change('Show to students', { visibility: 'PUBLIC' })
      : change('Hide from students', { visibility: 'PRIVATE' }),
    change(lesson.isRequired ? 'Make optional' : 'Make required', { isRequired: lesson.isRequired ? 'no' : 'yes' }),
    { label: 'Delete…', href: `?delete=${lesson.id}`, divided: true },
  ];
}

function chapterStepItem(label: string, chapters: readonly EditorChapter[], chapterId: string, direction: 'up' | 'down'): MenuItem[] {
  const to = chapterStep(chapters, chapterId, direction);
  return to ? [{ label, action: '?/moveChapter', fields: { chapterId, ...fieldsOf(to) } }] : [];
}

/** What can be done with a chapter. */
export function chapterMenu(chapters: readonly EditorChapter[], chapterId: string, introduction: string): MenuItem[] {
  return [
    { label: 'Rename', href: `?rename=${chapterId}` },
    { label: 'Settings…', href: `?chapter=${chapterId}` },
    { label: 'Introduction', href: introduction },
    ...chapterStepItem('Move up', chapters, chapterId, 'up'),
    ...chapterStepItem('Move down', chapters, chapterId, 'down'),
    { label: 'Delete…', href: `?delete=${chapterId}`, divided: true },
  ];
}
