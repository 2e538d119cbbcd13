import type { Job } from '#platform/jobs.server.ts';
import type { Mail } from '#platform/mail.server.ts';
import { followPricesJob } from './prices/follow-prices.ts';

/** What commerce adds to the process's jobs. */
export const commerceJobs: readonly Job<never>[] = [followPricesJob as unknown as Job<never>];

/** What commerce adds to the process's mails. */
export const commerceMails: readonly Mail<never>[] = [];
