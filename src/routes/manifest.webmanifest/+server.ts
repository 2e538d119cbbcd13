import { manifest } from '#features/catalogue/index.server.ts';

export const GET = () =>
  new Response(JSON.stringify(manifest()), {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=3600' },
  });
