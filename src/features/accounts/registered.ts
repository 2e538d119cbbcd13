import { accountExistsMail } from './emails/account-exists.ts';
import { passwordChangedMail } from './emails/password-changed.ts';
import { resetPasswordMail } from './emails/reset-password.ts';
import { verifyEmailMail } from './emails/verify-email.ts';
import { mailPasswordResetJob } from './password/request-password-reset.ts';
import { sweepExpiredJob } from './sessions/sweep-expired.ts';
import { mailVerificationJob } from './sign-up/request-verification.ts';

/** What accounts adds to the process's jobs. */
export const accountJobs = [mailPasswordResetJob, mailVerificationJob, sweepExpiredJob];

/** What accounts adds to the process's mails. */
export const accountMails = [accountExistsMail, passwordChangedMail, resetPasswordMail, verifyEmailMail];
