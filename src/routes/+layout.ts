import type { LayoutLoad } from './$types';

/** What only people who are signed in see comes with them: no guest loads it. */
export const load: LayoutLoad = async ({ data }) => ({ ...data, own: data.viewer ? await import('./signed-in.ts') : null });
