export { importCourse } from './import/import-course.ts';
export type { ImportReport } from './import/report.ts';
export { type StudioChapter, type StudioCourse, type StudioLesson, studioCourse } from './studio/studio-course.ts';
