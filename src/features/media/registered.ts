import { deleteUnrecordedJob } from './delete-unrecorded.ts';
import { makeRenditionsJob } from './films/make-renditions.ts';
import { sweepStorageJob } from './sweep-storage.ts';
import { sweepUploadsJob } from './uploads/sweep-uploads.ts';

/** What the process runs for this feature. */
<<<<<<< HEAD
export const mediaJobs = [sweepStorageJob, deleteUnrecordedJob, sweepUploadsJob] as const;
=======
export const mediaJobs = [sweepStorageJob, deleteUnrecordedJob, makeRenditionsJob] as const;
>>>>>>> 59c208a7b4697630d0ba9cfdad5e331be9dee1be
