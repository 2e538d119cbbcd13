import { accountJobs, accountMails } from '#features/accounts/index.server.ts';
import { recountProgress } from '#features/learning/index.server.ts';
import { mediaJobs } from '#features/media/index.server.ts';
import type { Subscription } from '#platform/events.server.ts';
import type { Job } from '#platform/jobs.server.ts';
import { type Mail, sendMailJob } from '#platform/mail.server.ts';
import { sweepRateLimitsJob } from '#platform/sweep-rate-limits.server.ts';

/** The one place that knows every feature: what each adds to the process's jobs, listeners and mails. */
export const jobs = [sendMailJob, sweepRateLimitsJob, ...accountJobs, ...mediaJobs] as unknown as readonly Job<never>[];

export const subscriptions: readonly Subscription[] = [recountProgress];

export const mails = [...accountMails] as unknown as readonly Mail<never>[];
