import { runtime } from '#platform/runtime.server.ts';

/** Whether mails leave the school; without a mail server they wait in the mailbox that an admin reads. */
export function isMailDelivered(): boolean {
  return runtime().config.smtpUrl !== undefined;
}
