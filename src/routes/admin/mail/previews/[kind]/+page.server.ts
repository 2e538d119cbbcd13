import { mailPreview } from '#features/notifications/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
  const { html: _, ...mail } = mailPreview(locals.ctx, { kind: params.kind });
  return { mail, look: url.searchParams.get('look') === 'dark' ? ('dark' as const) : ('light' as const) };
};
