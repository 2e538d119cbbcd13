import { checkAuditLogJob } from './audit/check-chain.ts';
import { mailEmailChangeJob } from './email/mail-email-change.ts';
import { accountClosedMail } from './emails/account-closed.ts';
import { accountExistsMail } from './emails/account-exists.ts';
import { accountSuspendedMail } from './emails/account-suspended.ts';
import { apiKeyCreatedMail } from './emails/api-key-created.ts';
import { applicationDecidedMail } from './emails/application-decided.ts';
import { emailChangeAllowMail } from './emails/email-change-allow.ts';
import { emailChangeProveMail } from './emails/email-change-prove.ts';
import { emailChangeTakenMail } from './emails/email-change-taken.ts';
import { emailChangedMail } from './emails/email-changed.ts';
import { exportReadyMail } from './emails/export-ready.ts';
import { identityConnectedMail } from './emails/identity-connected.ts';
import { identityDisconnectedMail } from './emails/identity-disconnected.ts';
import { invitationMail } from './emails/invitation.ts';
import { passkeyAddedMail } from './emails/passkey-added.ts';
import { passkeyRemovedMail } from './emails/passkey-removed.ts';
import { passwordChangedMail } from './emails/password-changed.ts';
import { recoveryCodeUsedMail } from './emails/recovery-code-used.ts';
import { recoveryCodesMadeMail } from './emails/recovery-codes-made.ts';
import { resetPasswordMail } from './emails/reset-password.ts';
import { roleChangedMail } from './emails/role-changed.ts';
import { secondFactorOffMail } from './emails/second-factor-off.ts';
import { secondFactorOnMail } from './emails/second-factor-on.ts';
import { signInLinkMail } from './emails/sign-in-link.ts';
import { suspensionLiftedMail } from './emails/suspension-lifted.ts';
import { verifyEmailMail } from './emails/verify-email.ts';
import { mailSignInLinkJob } from './magic-link/request-sign-in-link.ts';
import { mailPasswordResetJob } from './password/request-password-reset.ts';
import { mailInvitationJob } from './people/invite.ts';
import { discardArchivesJob } from './privacy/discard-archives.ts';
import { makeArchiveJob } from './privacy/make-archive.ts';
import { sweepArchivesJob } from './privacy/sweep-archives.ts';
import { sweepExpiredJob } from './sessions/sweep-expired.ts';
import { mailVerificationJob } from './sign-up/request-verification.ts';

/** What accounts adds to the process's jobs. */
export const accountJobs = [
  checkAuditLogJob,
  discardArchivesJob,
  mailEmailChangeJob,
  makeArchiveJob,
  sweepArchivesJob,
  mailInvitationJob,
  mailPasswordResetJob,
  mailSignInLinkJob,
  mailVerificationJob,
  sweepExpiredJob,
];

/** What accounts adds to the process's mails. */
export const accountMails = [
  accountClosedMail,
  apiKeyCreatedMail,
  emailChangeAllowMail,
  emailChangeProveMail,
  emailChangeTakenMail,
  emailChangedMail,
  exportReadyMail,
  accountSuspendedMail,
  applicationDecidedMail,
  invitationMail,
  roleChangedMail,
  suspensionLiftedMail,
  accountExistsMail,
  identityConnectedMail,
  identityDisconnectedMail,
  passwordChangedMail,
  passkeyAddedMail,
  passkeyRemovedMail,
  recoveryCodeUsedMail,
  recoveryCodesMadeMail,
  secondFactorOffMail,
  secondFactorOnMail,
  resetPasswordMail,
  signInLinkMail,
  verifyEmailMail,
];
