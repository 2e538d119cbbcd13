import { homePage } from '#features/catalogue/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => homePage(locals.ctx);
