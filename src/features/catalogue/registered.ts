import { courseNotPublishedMail } from './emails/course-not-published.ts';
import { coursePublishedMail } from './emails/course-published.ts';
import { publishScheduledJob } from './publishing/schedule-publishing.ts';

/** What the catalogue adds to the process's jobs. */
export const catalogueJobs = [publishScheduledJob];

/** What the catalogue adds to the process's mails. */
export const catalogueMails = [coursePublishedMail, courseNotPublishedMail];
