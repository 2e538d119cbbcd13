import { dashboard } from '#features/learning/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => dashboard(locals.ctx);
