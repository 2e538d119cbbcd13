import { accountExistsMail } from './emails/account-exists.ts';
import { passwordChangedMail } from './emails/password-changed.ts';
import { resetPasswordMail } from './emails/reset-password.ts';
import { verifyEmailMail } from './emails/verify-email.ts';
import { mailPasswordResetJob } from './request-password-reset.ts';
import { mailVerificationJob } from './request-verification.ts';

/** What accounts adds to the process. */
export const accountJobs = [mailPasswordResetJob, mailVerificationJob];
export const accountMails = [accountExistsMail, passwordChangedMail, resetPasswordMail, verifyEmailMail];
