import { courseNotPublishedMail } from './emails/course-not-published.ts';
import { coursePublishedMail } from './emails/course-published.ts';
import { publishScheduledJob } from './publishing/schedule-publishing.ts';
import { sweepRemovedJob } from './write/sweep-removed.ts';

/** What the catalogue adds to the process's jobs. */
export const catalogueJobs = [publishScheduledJob, sweepRemovedJob];

/** What the catalogue adds to the process's mails. */
export const catalogueMails = [coursePublishedMail, courseNotPublishedMail];
