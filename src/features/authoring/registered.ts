import { runImportJob } from './imports/run-import-job.ts';

/** What the process runs for this feature. */
export const authoringJobs = [runImportJob] as const;
