import { themeFrom } from '#ui/theme.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, cookies }) => {
  const { actor, now } = locals.ctx;
  return {
    viewer: actor.kind === 'person' ? { name: actor.name, email: actor.email, role: actor.role, imageUrl: actor.imageUrl } : null,
    /** Whether an admin acts as the viewer. */
    isActedAs: actor.kind === 'person' && Boolean(actor.session?.impersonator),
    theme: themeFrom(cookies.get('theme')),
    year: now.getUTCFullYear(),
  };
};
