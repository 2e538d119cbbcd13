export { mailMessage } from './mail-message.ts';
export { mailbox } from './mailbox.ts';
