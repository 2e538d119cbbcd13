export { type CourseCompanion, registerCourseCompanions } from './archive/companions.ts';
export { type ExportedCourse, exportCourse } from './archive/export-course.ts';
export { copyCourse } from './copy/copy-course.ts';
export { importCourse } from './import/import-course.ts';
export type { ImportReport, Item } from './import/report.ts';
export { type ImportPage, importPage } from './imports/import-page.ts';
export { type ImportsPage, importsPage } from './imports/imports-page.ts';
export { importNow, startImport } from './imports/start-import.ts';
export { undoImport } from './imports/undo-import.ts';
export { type EditorResource, editableLesson, type LessonEditorPage, lessonEditorPage } from './lessons/lesson-page.ts';
export { beginChapter, beginLesson } from './outline/add-to-outline.ts';
export { type ChapterSettings, changeChapter } from './outline/change-chapter.ts';
export { editableIntroduction, type IntroductionEditorPage, introductionEditorPage } from './outline/introduction-page.ts';
export { type Loss, lossOf } from './outline/loss.ts';
export {
  type EditorChapter,
  type EditorLesson,
  type OutlineEditorPage,
  outlineEditorPage,
  type RemovedItem,
} from './outline/outline-page.ts';
export { type LessonWithPackage, lessonOfTeam } from './packages/lesson-of-team.ts';
export { putPackage } from './packages/put-package.ts';
export { authoringPersonalData } from './personal-data.ts';
export { authoringJobs } from './registered.ts';
export { beginCourse } from './studio/begin-course.ts';
export { copyableCourses } from './studio/copyable-courses.ts';
export { type StudioChapter, type StudioCourse, type StudioLesson, studioCourse } from './studio/studio-course.ts';
export { type StudioList, studioList, type TaughtCourse } from './studio/studio-list.ts';
