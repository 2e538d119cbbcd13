import { congratulate } from './congratulate.ts';
import { courseCompletedMail } from './emails/course-completed.ts';

/** What notifications listens to. */
export const notificationSubscriptions = [congratulate];

/** What notifications adds to the process's mails. */
export const notificationMails = [courseCompletedMail];
