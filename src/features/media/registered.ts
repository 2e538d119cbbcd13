import { sweepStorageJob } from './sweep-storage.ts';

/** What the process runs for this feature. */
export const mediaJobs = [sweepStorageJob];
