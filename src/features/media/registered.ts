import { deleteUnrecordedJob } from './files/delete-unrecorded.ts';
import { sweepStorageJob } from './files/sweep-storage.ts';
import { makeRenditionsJob } from './films/make-renditions.ts';
import { sweepFilmsJob } from './films/sweep-films.ts';
import { sweepUploadsJob } from './uploads/sweep-uploads.ts';

/** What the process runs for this feature. */
export const mediaJobs = [sweepStorageJob, deleteUnrecordedJob, sweepUploadsJob, makeRenditionsJob, sweepFilmsJob] as const;
