import { courseHandedOverMail } from './emails/course-handed-over.ts';
import { courseNotPublishedMail } from './emails/course-not-published.ts';
import { coursePublishedMail } from './emails/course-published.ts';
import { courseReceivedMail } from './emails/course-received.ts';
import { teamInvitationMail } from './emails/team-invitation.ts';
import { sweepRemovedJob } from './outline/sweep-removed.ts';
import { publishScheduledJob } from './publishing/schedule-publishing.ts';
import { mailInvitationJob } from './team/invite-to-team.ts';
import { mailHandedOverJob } from './team/mail-handed-over.ts';

/** What the catalogue adds to the process's jobs. */
export const catalogueJobs = [publishScheduledJob, sweepRemovedJob, mailInvitationJob, mailHandedOverJob];

/** What the catalogue adds to the process's mails. */
export const catalogueMails = [coursePublishedMail, courseNotPublishedMail, teamInvitationMail, courseReceivedMail, courseHandedOverMail];
