import { accessGivenMail } from './emails/access-given.ts';
import { certificateRestoredMail } from './emails/certificate-restored.ts';
import { certificateRevokedMail } from './emails/certificate-revoked.ts';
import { followAccessJob } from './enrollment/follow-access.ts';
import { endLapsedStreaksJob } from './progress/end-lapsed-streaks.ts';
import { recountProgress } from './progress/recount-progress.ts';

/** What learning adds to the process's jobs. */
export const learningJobs = [followAccessJob, endLapsedStreaksJob];

/** What learning listens to. */
export const learningSubscriptions = [recountProgress];

/** What learning adds to the process's mails. */
export const learningMails = [certificateRevokedMail, certificateRestoredMail, accessGivenMail];
