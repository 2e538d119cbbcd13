import { mailPreview } from '#features/notifications/index.server.ts';
import { framedMail } from '../../../framed-mail.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, url }) => {
  const { html } = mailPreview(locals.ctx, { kind: params.kind });
  return framedMail(html, url.searchParams.get('look') === 'dark' ? 'dark' : 'light');
};
