import { sendAnnouncementJob } from './announcements/send-announcement.ts';
import { announcementMail } from './emails/announcement.ts';

/** What community adds to the process's jobs. */
export const communityJobs = [sendAnnouncementJob];

/** What community adds to the process's mails. */
export const communityMails = [announcementMail];
