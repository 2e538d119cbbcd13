import { accountJobs, accountMails, accountPersonalData } from '#features/accounts/index.server.ts';
import { assessmentPersonalData } from '#features/assessment/index.server.ts';
import { authoringJobs, authoringPersonalData, type CourseCompanion } from '#features/authoring/index.server.ts';
import { catalogueJobs, catalogueMails, cataloguePersonalData } from '#features/catalogue/index.server.ts';
import { archivedPricesDangerouslyUnchecked, commerceJobs, commerceMails, commercePersonalData } from '#features/commerce/index.server.ts';
import { communityJobs, communityMails, communityPersonalData } from '#features/community/index.server.ts';
import { learningJobs, learningMails, learningPersonalData, learningSubscriptions } from '#features/learning/index.server.ts';
import { mediaJobs, mediaPersonalData } from '#features/media/index.server.ts';
import { notificationMails, notificationSubscriptions, notificationsPersonalData } from '#features/notifications/index.server.ts';
import { packageJobs } from '#features/packages/index.server.ts';
import type { Subscription } from '#platform/events.server.ts';
import type { Job } from '#platform/jobs.server.ts';
import { type Mail, sendMailAgainJob, sendMailJob } from '#platform/mail.server.ts';
import type { PersonalData } from '#platform/personal-data.server.ts';
import { sweepDeadJobsJob } from '#platform/sweep-dead-jobs.server.ts';
import { sweepMailsJob } from '#platform/sweep-mails.server.ts';
import { sweepRateLimitsJob } from '#platform/sweep-rate-limits.server.ts';

/** The one place that knows every feature: what each adds to the process's jobs, listeners and mails. */
export const jobs = [
  sendMailJob,
  sendMailAgainJob,
  sweepMailsJob,
  sweepDeadJobsJob,
  sweepRateLimitsJob,
  ...accountJobs,
  ...mediaJobs,
  ...packageJobs,
  ...authoringJobs,
  ...catalogueJobs,
  ...learningJobs,
  ...commerceJobs,
  ...communityJobs,
] as unknown as readonly Job<never>[];

export const subscriptions: readonly Subscription[] = [...learningSubscriptions, ...notificationSubscriptions];

export const mails = [
  ...accountMails,
  ...catalogueMails,
  ...learningMails,
  ...commerceMails,
  ...communityMails,
  ...notificationMails,
] as unknown as readonly Mail<never>[];

/** What features above authoring keep of a course: archives and copies carry it. */
export const courseCompanions = [archivedPricesDangerouslyUnchecked] as unknown as readonly CourseCompanion[];

/** What each feature keeps of people: what they may ask for, and what closing an account takes away. */
export const personalData: readonly PersonalData[] = [
  accountPersonalData,
  learningPersonalData,
  assessmentPersonalData,
  authoringPersonalData,
  cataloguePersonalData,
  commercePersonalData,
  communityPersonalData,
  mediaPersonalData,
  notificationsPersonalData,
];
