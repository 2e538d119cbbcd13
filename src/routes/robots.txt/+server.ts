import { text } from '@sveltejs/kit';
import { robots } from '#features/catalogue/index.server.ts';

export const GET = () => text(robots(), { headers: { 'cache-control': 'public, max-age=3600' } });
