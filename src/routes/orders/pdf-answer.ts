import type { OrderPaper } from '#features/commerce/index.server.ts';

/** A paper as an answer, drawn anew for whoever does not have it yet. */
export async function pdfAnswer(request: Request, { fileName, tag, pdf }: OrderPaper): Promise<Response> {
  const headers = new Headers({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${fileName}"`,
    'cache-control': 'private, no-cache',
    'x-robots-tag': 'noindex',
    etag: `"${tag}"`,
  });
  if (request.headers.get('if-none-match')?.includes(`"${tag}"`)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(await pdf()), { headers });
}
