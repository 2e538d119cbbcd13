import { mailPreviews } from '#features/notifications/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  mails: mailPreviews(locals.ctx).map(({ kind, subject, isSecret }) => ({ kind, subject, isSecret })),
});
