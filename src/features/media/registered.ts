import { deleteUnrecordedJob } from './delete-unrecorded.ts';
import { sweepStorageJob } from './sweep-storage.ts';

/** What the process runs for this feature. */
export const mediaJobs = [sweepStorageJob, deleteUnrecordedJob] as const;
