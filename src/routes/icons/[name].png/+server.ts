import { schoolIcon } from '#features/catalogue/index.server.ts';
import type { RequestHandler } from './$types';

/** The school's mark for a device's home screen. */
export const GET: RequestHandler = async ({ params }) =>
  new Response(new Uint8Array(await schoolIcon(params.name)), {
    headers: { 'content-type': 'image/png', 'cache-control': 'public, max-age=86400' },
  });
