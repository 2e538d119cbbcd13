import type { Job } from '#platform/jobs.server.ts';
import type { Mail } from '#platform/mail.server.ts';
import { disputeOpenedMail } from './emails/dispute-opened.ts';
import { giftMail } from './emails/gift.ts';
import { membershipEndsSoonMail } from './emails/membership-ends-soon.ts';
import { membershipPaymentFailedMail } from './emails/membership-payment-failed.ts';
import { membershipRenewsSoonMail } from './emails/membership-renews-soon.ts';
import { receiptMail } from './emails/receipt.ts';
import { refundedMail } from './emails/refunded.ts';
import { teamInvitationMail } from './emails/team-invitation.ts';
import { teamReadyMail } from './emails/team-ready.ts';
import { deliverGiftJob } from './gifts/deliver-gift.ts';
import { followMembershipsJob } from './memberships/follow-memberships.ts';
import { followMembersCoursesJob, sweepMembersCoursesJob } from './memberships/members-courses.ts';
import { stopRenewingJob } from './memberships/stop-renewing.ts';
import { followPricesJob } from './prices/follow-prices.ts';
import { proveBooksJob } from './proof/prove-books.ts';
import { payDemoLaterJob } from './providers/demo-page.ts';
import { finishRefundJob } from './refunds/finish-refund.ts';
import { expireOrdersJob } from './settlement/expire-orders.ts';
import { followWaitingEventsJob } from './settlement/waiting-events.ts';

/** What commerce adds to the process's jobs. */
export const commerceJobs = [
  deliverGiftJob,
  expireOrdersJob,
  finishRefundJob,
  followMembersCoursesJob,
  sweepMembersCoursesJob,
  followMembershipsJob,
  followPricesJob,
  followWaitingEventsJob,
  payDemoLaterJob,
  proveBooksJob,
  stopRenewingJob,
] as unknown as readonly Job<never>[];

/** What commerce adds to the process's mails. */
export const commerceMails = [
  disputeOpenedMail,
  giftMail,
  membershipEndsSoonMail,
  membershipPaymentFailedMail,
  membershipRenewsSoonMail,
  receiptMail,
  refundedMail,
  teamInvitationMail,
  teamReadyMail,
] as unknown as readonly Mail<never>[];
