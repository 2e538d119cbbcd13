import { redirect } from '@sveltejs/kit';
import { certificateCode, certificatePdf } from '#features/learning/index.server.ts';
import type { RequestHandler } from './$types';

/** The certificate on paper, made anew for whoever does not have it yet. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
  const canonical = certificateCode(params.code);
  if (canonical && canonical !== params.code) redirect(308, `/certificates/${canonical}/certificate.pdf`);
  const { code, tag, pdf } = await certificatePdf(locals.ctx, params);
  const headers = new Headers({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="certificate-${code}.pdf"`,
    'cache-control': 'private, no-cache',
    'x-robots-tag': 'noindex',
    etag: `"${tag}"`,
  });
  if (request.headers.get('if-none-match')?.includes(`"${tag}"`)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(await pdf()), { headers });
};
