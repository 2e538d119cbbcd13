import type { Job } from '#platform/jobs.server.ts';
import type { Mail } from '#platform/mail.server.ts';
import { proveBooksJob } from './proof/prove-books.ts';
import { followWaitingEventsJob } from './settlement/waiting-events.ts';

/** What commerce adds to the process's jobs. */
export const commerceJobs = [followWaitingEventsJob, proveBooksJob] as unknown as readonly Job<never>[];

/** What commerce adds to the process's mails. */
export const commerceMails: readonly Mail<never>[] = [];
