import { congratulate } from './congratulate.ts';
import { accessEndingMail } from './emails/access-ending.ts';
import { courseCompletedMail } from './emails/course-completed.ts';
import { warnOfEnding } from './warn-of-ending.ts';

/** What notifications listens to. */
export const notificationSubscriptions = [congratulate, warnOfEnding];

/** What notifications adds to the process's mails. */
export const notificationMails = [accessEndingMail, courseCompletedMail];
