import { deleteUnrecordedJob } from './delete-unrecorded.ts';
import { sweepStorageJob } from './sweep-storage.ts';
import { sweepUploadsJob } from './uploads/sweep-uploads.ts';

/** What the process runs for this feature. */
export const mediaJobs = [sweepStorageJob, deleteUnrecordedJob, sweepUploadsJob] as const;
