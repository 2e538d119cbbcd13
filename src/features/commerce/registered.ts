import type { Job } from '#platform/jobs.server.ts';
import type { Mail } from '#platform/mail.server.ts';
import { disputeOpenedMail } from './emails/dispute-opened.ts';
import { receiptMail } from './emails/receipt.ts';
import { refundedMail } from './emails/refunded.ts';
import { finishRefundJob } from './refunds/finish-refund.ts';
import { followWaitingEventsJob } from './settlement/waiting-events.ts';

/** What commerce adds to the process's jobs. */
export const commerceJobs = [followWaitingEventsJob, finishRefundJob] as unknown as readonly Job<never>[];

/** What commerce adds to the process's mails. */
export const commerceMails = [receiptMail, refundedMail, disputeOpenedMail] as unknown as readonly Mail<never>[];
