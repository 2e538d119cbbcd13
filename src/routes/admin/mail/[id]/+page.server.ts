import { isMailDelivered } from '#features/accounts/index.server.ts';
import { mailMessage } from '#features/notifications/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { html: _, ...mail } = await mailMessage(locals.ctx, { id: params.id });
  return { mail, mailDelivered: isMailDelivered() };
};
