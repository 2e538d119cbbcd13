import type { EditorResource, LessonEditorPage } from '../../lessons/lesson-page.ts';

const types: Record<LessonEditorPage['type'], string> = {
  TEXT: 'Text',
  VIDEO: 'Video',
  QUIZ: 'Quiz',
  ASSIGNMENT: 'Assignment',
  LIVE_SESSION: 'Live session',
  PACKAGE: 'Package',
};

/** Words and films become each other; what has rows of its own stays what it is. */
export function typeOptions(type: LessonEditorPage['type']) {
  const choices = type === 'TEXT' || type === 'VIDEO' ? (['TEXT', 'VIDEO'] as const) : [type];
  return choices.map((value) => ({ value, label: types[value] }));
}

export const visibilityOptions: { value: LessonEditorPage['visibility']; label: string }[] = [
  { value: 'PUBLIC', label: 'Students' },
  { value: 'PREVIEW', label: 'Everybody, as a preview' },
  { value: 'PRIVATE', label: 'Nobody yet' },
];

export const resourceWords: Record<EditorResource['type'], string> = {
  PDF: 'PDF',
  DOCUMENT: 'Document',
  SPREADSHEET: 'Spreadsheet',
  PRESENTATION: 'Presentation',
  CODE: 'Code',
  IMAGE: 'Image',
  AUDIO: 'Audio',
  ARCHIVE: 'Archive',
  LINK: 'Link',
};

/** What the settings of a lesson are called in their form. */
export const settingLabels: Record<string, string> = {
  title: 'Title',
  address: 'Address',
  description: 'In a sentence',
  type: 'Kind',
  visibility: 'Who may open it',
  published: 'Published',
  isRequired: 'Needed to finish the course',
  minutes: 'Minutes it takes',
};

/** What somebody else chose for a setting, to be read. */
export function settingInWords(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (name === 'type') return types[value as LessonEditorPage['type']];
  if (name === 'visibility') return visibilityOptions.find((option) => option.value === value)?.label ?? '';
  return value === '' || value === 0 ? 'Nothing' : String(value);
}
