import { isMailDelivered } from '#features/accounts/index.server.ts';
import { mailbox } from '#features/notifications/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before');
  return { ...(await mailbox(locals.ctx, { before })), isFirstPage: before === null, mailDelivered: isMailDelivered() };
};
