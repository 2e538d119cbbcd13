import { addressOf, homePage } from '#features/catalogue/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ ...(await homePage(locals.ctx)), canonical: addressOf('/') });
