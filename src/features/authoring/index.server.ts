export { copyCourse } from './copy/copy-course.ts';
export { importCourse } from './import/import-course.ts';
export type { ImportReport } from './import/report.ts';
export { beginChapter, beginLesson } from './outline/add-to-outline.ts';
export { type ChapterSettings, changeChapter } from './outline/change-chapter.ts';
export { type Loss, lossOf } from './outline/loss.ts';
export {
  type EditorChapter,
  type EditorLesson,
  type OutlineEditorPage,
  outlineEditorPage,
  type RemovedItem,
} from './outline/outline-page.ts';
export { beginCourse } from './studio/begin-course.ts';
export { copyableCourses } from './studio/copyable-courses.ts';
export { type StudioChapter, type StudioCourse, type StudioLesson, studioCourse } from './studio/studio-course.ts';
export { type StudioList, studioList, type TaughtCourse } from './studio/studio-list.ts';
