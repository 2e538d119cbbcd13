import { deleteUnrecordedJob } from './delete-unrecorded.ts';
import { makeRenditionsJob } from './films/make-renditions.ts';
import { sweepFilmsJob } from './films/sweep-films.ts';
import { sweepStorageJob } from './sweep-storage.ts';
import { sweepUploadsJob } from './uploads/sweep-uploads.ts';

/** What the process runs for this feature. */
export const mediaJobs = [sweepStorageJob, deleteUnrecordedJob, sweepUploadsJob, makeRenditionsJob, sweepFilmsJob] as const;
