export { mailMessage } from './mail-message.ts';
export { mailPreview, mailPreviews } from './mail-previews.ts';
export { mailbox } from './mailbox.ts';
export { notificationsPersonalData } from './personal-data.ts';
export { notificationMails, notificationSubscriptions } from './registered.ts';
export { sendMailAgain } from './send-mail-again.ts';
