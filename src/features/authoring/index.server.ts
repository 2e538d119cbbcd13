export { importCourse } from './import/import-course.ts';
export type { ImportReport, Item } from './import/report.ts';
export { type ImportPage, importPage } from './imports/import-page.ts';
export { type ImportsPage, importsPage } from './imports/imports-page.ts';
export { importNow, startImport } from './imports/start-import.ts';
export { undoImport } from './imports/undo-import.ts';
export { authoringPersonalData } from './personal-data.ts';
export { authoringJobs } from './registered.ts';
