import { statement } from '#platform/database/statement.ts';
import { type PersonalData, personalTable } from '#platform/personal-data.server.ts';

const deleteTold = statement<unknown, [userId: string]>('delete from notifications where user_id = $1::uuid');
const deleteBrowsers = statement<unknown, [userId: string]>('delete from push_subscriptions where user_id = $1::uuid');
const deleteMails = statement<unknown, [userId: string, email: string]>(
  'delete from email_messages where user_id = $1::uuid or recipient = $2',
);

/** What notifications keeps of a person: whom the school told what. None of it outlives a closed account. */
export const notificationsPersonalData: PersonalData = {
  feature: 'notifications',
  tables: [
    personalTable('notifications', { about: 'What the school told you.', owner: 'user_id', without: ['actor_id'] }),
    personalTable('push_subscriptions', {
      about: 'Browsers that show you notifications.',
      owner: 'user_id',
      without: ['endpoint', 'p256dh', 'auth'],
    }),
    personalTable('email_messages', {
      about: 'Mails the school sent to you; their words are in your own mailbox.',
      owner: 'user_id',
      where: 'row.user_id = $1::uuid or row.recipient = (select email from users where users.id = $1::uuid)',
      without: ['text', 'html', 'error'],
    }),
    personalTable('webhook_endpoints', {
      about: 'Addresses of yours that hear of events.',
      owner: 'owner_id',
      without: ['secret_encrypted'],
    }),
  ],
  leftOut: {
    'notifications.actor_id': 'The notice is of the person who was told.',
    webhook_deliveries: 'Copies of events on their way to an address outside, which has them.',
  },
  async forget(ctx, { id, email }) {
    await ctx.db.sql(deleteTold, id);
    await ctx.db.sql(deleteBrowsers, id);
    await ctx.db.sql(deleteMails, id, email);
  },
};
