import { accessGivenMail } from './emails/access-given.ts';
import { certificateRestoredMail } from './emails/certificate-restored.ts';
import { certificateRevokedMail } from './emails/certificate-revoked.ts';

/** What learning adds to the process's mails. */
export const learningMails = [certificateRevokedMail, certificateRestoredMail, accessGivenMail];
