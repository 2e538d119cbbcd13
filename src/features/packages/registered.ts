import { sweepPackagesJob } from './sweep-packages.ts';

/** What packages add to the process's jobs. */
export const packageJobs = [sweepPackagesJob];
