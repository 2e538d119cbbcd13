import { accountJobs, accountMails } from '#features/accounts/index.server.ts';
import type { Subscription } from '#platform/events.server.ts';
import type { Job } from '#platform/jobs.server.ts';
import { type Mail, sendMailJob } from '#platform/mail.server.ts';

/** The one place that knows every feature: what each adds to the process's jobs, listeners and mails. */
export const jobs = [sendMailJob, ...accountJobs] as unknown as readonly Job<never>[];

export const subscriptions: readonly Subscription[] = [];

export const mails = [...accountMails] as unknown as readonly Mail<never>[];
