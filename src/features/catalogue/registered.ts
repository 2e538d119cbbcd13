import { sweepRemovedJob } from './write/sweep-removed.ts';

/** What the process runs for this feature. */
export const catalogueJobs = [sweepRemovedJob] as const;
