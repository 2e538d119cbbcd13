import { studioCourse } from '#features/authoring/index.server.ts';
import type { LayoutServerLoad } from './$types';

/** The frame of a course's pages. Each page asks for itself what its visitor may do there. */
export const load: LayoutServerLoad = async ({ locals, params }) => ({ studioCourse: await studioCourse(locals.ctx, params.course) });
