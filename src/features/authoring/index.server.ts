export { importCourse } from './import/import-course.ts';
export type { ImportReport } from './import/report.ts';
export { authoringPersonalData } from './personal-data.ts';
