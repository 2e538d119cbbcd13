import { mailMessage } from '#features/notifications/index.server.ts';
import type { RequestHandler } from './$types';

/** A mail's HTML for the frame of its page: it may look as it likes, and run, load and send nothing; its links open apart. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { html } = await mailMessage(locals.ctx, { id: params.id });
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
      'x-frame-options': 'SAMEORIGIN',
    },
  });
};
